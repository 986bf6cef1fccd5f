package io.ezypass.internal.format.v1;

/** Bytes of a format that this version of the library does not know. */
public final class UnknownFormatException extends MalformedException {
  private static final long serialVersionUID = 1L;

  /** Creates the failure. */
  public UnknownFormatException() {
    super("unknown format");
  }
}
