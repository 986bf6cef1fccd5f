package io.ezypass.internal.format.v1;

/** Bytes that this format cannot have written. The reason never leaves the library. */
public class MalformedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the failure. */
  public MalformedException(String reason) {
    super(reason, null, false, false);
  }
}
