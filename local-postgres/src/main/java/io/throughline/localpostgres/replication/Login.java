package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.Secrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Superuser connections to single nodes. */
final class Login {

    private final String password;

    Login(Secrets secrets) {
        this.password = Secrets.read(secrets.postgres());
    }

    /** @param patience how long an answer may take; zero is for ever */
    Connection connect(int port, String database, Duration patience) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "5");
        properties.setProperty("socketTimeout", Long.toString(patience.toSeconds()));
        properties.setProperty("ApplicationName", "local-postgres");
        properties.setProperty("sslmode", "disable");
        properties.setProperty("gssEncMode", "disable");
        return DriverManager.getConnection("jdbc:postgresql://" + Site.HOST + ":" + port + "/" + database, properties);
    }
}
