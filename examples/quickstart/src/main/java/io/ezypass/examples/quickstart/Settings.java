package io.ezypass.examples.quickstart;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the example was told by system properties; an empty one is as good as none.
 *
 * @param properties {@code ezypass.csv}, {@code ezypass.aws}, {@code ezypass.endpoint.dynamodb},
 *     {@code ezypass.endpoint.kms}, {@code ezypass.kms.key}, {@code ezypass.table}
 */
record Settings(Properties properties) {
  /** The password export to import; without one, the sample. */
  Optional<Path> csv() {
    return text("ezypass.csv").map(Path::of);
  }

  /** Whether region, credentials and endpoints come from where the AWS SDK looks for them. */
  boolean isAws() {
    return text("ezypass.aws").filter(Boolean::parseBoolean).isPresent();
  }

  /** Whether everything is to run inside this JVM. */
  boolean isLocal() {
    return !isAws() && dynamoDbEndpoint().isEmpty() && kmsEndpoint().isEmpty();
  }

  Optional<URI> dynamoDbEndpoint() {
    return url("ezypass.endpoint.dynamodb");
  }

  Optional<URI> kmsEndpoint() {
    return url("ezypass.endpoint.kms");
  }

  String kmsKey() {
    return text("ezypass.kms.key")
        .orElseThrow(() -> new IllegalArgumentException("-Dezypass.kms.key=ID is missing"));
  }

  String table() {
    return text("ezypass.table").orElse("ezypass-quickstart");
  }

  private Optional<URI> url(String name) {
    Optional<String> text = text(name);
    if (text.isPresent() && !text.get().matches("https?://[^\\s/]\\S*")) {
      throw new IllegalArgumentException("-D" + name + " must be a URL such as http://host:8000");
    }
    return text.map(URI::create);
  }

  private Optional<String> text(String name) {
    return Optional.of(properties.getProperty(name, "")).filter(value -> !value.isBlank());
  }
}
