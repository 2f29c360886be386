package io.throughline.localpostgres.postmaster;

/** What PostgreSQL sees of the environment: nothing that could change what it does (PGDATA, PGPORT, LC_ALL, LD_PRELOAD …). */
final class Environment {

    private Environment() {}

    static ProcessBuilder clean(ProcessBuilder builder) {
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("TZ", "UTC");
        return builder;
    }
}
