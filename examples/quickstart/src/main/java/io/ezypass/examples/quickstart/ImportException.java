package io.ezypass.examples.quickstart;

/**
 * A password export that cannot be imported. The message says where and why, never what it holds.
 */
final class ImportException extends Exception {
  private static final long serialVersionUID = 1L;

  ImportException(String message) {
    super(message);
  }
}
