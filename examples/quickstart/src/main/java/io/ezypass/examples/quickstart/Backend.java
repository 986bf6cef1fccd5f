package io.ezypass.examples.quickstart;

import io.ezypass.EzyPass;
import io.ezypass.testkit.TableInspector;

/** The library on an initialised table, and a view of what it sends and stores. */
interface Backend extends AutoCloseable {
  /** Servers inside this JVM, or those that the settings name. */
  static Backend open(Settings settings) {
    return settings.isLocal() ? LocalBackend.start() : RemoteBackend.connect(settings);
  }

  /** Where that is, for people. */
  String description();

  EzyPass ezypass();

  /** The raw items, as somebody sees them who can read the table. */
  TableInspector inspector();

  /** What was sent since the last call. */
  Cost takeCost();

  @Override
  void close();
}
