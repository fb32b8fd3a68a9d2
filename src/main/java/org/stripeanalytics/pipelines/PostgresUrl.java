package org.stripeanalytics.pipelines;

import com.google.common.base.Splitter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.stripeanalytics.warehouse.postgresql.PostgresDatabase;

/** The address of a database as {@code --warehouse} has it. It holds no password. */
final class PostgresUrl {
  /** What {@code --warehouse} may be, for the parameters of templates. */
  static final String REGEX =
      "postgresql://[^/?@:]+@[A-Za-z0-9._-]+(:[0-9]{1,5})?/[A-Za-z0-9_-]+([?].*)?";

  private static final Pattern URL =
      Pattern.compile(
          "postgresql://(?:(?<user>[^/?@:]+)(?<secret>:[^/?@]*)?@)?(?<host>[A-Za-z0-9._-]+)"
              + "(?::(?<port>[0-9]{1,5}))?/(?<database>[A-Za-z0-9_-]+)(?:[?](?<parameters>.*))?");

  private static final Pattern SSL_MODE =
      Pattern.compile("disable|allow|prefer|require|verify-ca|verify-full");

  private static final int HIGHEST_PORT = 65_535;

  private PostgresUrl() {}

  /**
   * @throws BadInput when it is none; the message has no password
   */
  static WarehouseLocation.PostgreSql parse(String location) {
    Matcher url = URL.matcher(location);
    if (!url.matches()) {
      throw WarehouseLocation.refusal(withoutPassword(location), "names no database of a server");
    }
    if (url.group("secret") != null) {
      throw WarehouseLocation.refusal(
          withoutPassword(location),
          "holds a password; give --warehousePassword=env:VARIABLE beside it");
    }
    if (url.group("user") == null) {
      throw WarehouseLocation.refusal(location, "names no user");
    }
    int port =
        url.group("port") == null
            ? PostgresDatabase.DEFAULT_PORT
            : Integer.parseInt(url.group("port"));
    if (port < 1 || port > HIGHEST_PORT) {
      throw WarehouseLocation.refusal(location, "has no port from 1 to " + HIGHEST_PORT);
    }
    String prefix = "";
    String sslMode = "prefer";
    String parameters = url.group("parameters");
    for (String parameter :
        Splitter.on('&').omitEmptyStrings().split(parameters == null ? "" : parameters)) {
      String value = parameter.substring(parameter.indexOf('=') + 1);
      if (parameter.startsWith("prefix=") && WarehouseLocation.PREFIX.matcher(value).matches()) {
        prefix = value;
      } else if (parameter.startsWith("sslmode=") && SSL_MODE.matcher(value).matches()) {
        sslMode = value;
      } else {
        throw WarehouseLocation.refusal(
            withoutPassword(location),
            "has a parameter that is neither prefix=NAME (lower-case letters, digits and _) nor"
                + " sslmode=disable, prefer, require, verify-ca or verify-full");
      }
    }
    return new WarehouseLocation.PostgreSql(
        url.group("user"), url.group("host"), port, url.group("database"), prefix, sslMode);
  }

  private static String withoutPassword(String location) {
    return location
        .replaceFirst("//([^/@:]*):[^/]*@", "//$1:…@")
        .replaceFirst("(password=)[^&]*", "$1…");
  }
}
