package io.ezypass.internal.op;

/**
 * What the root says of the table in the clear.
 *
 * @param id 16 random bytes, part of every context
 * @param shards how many shards the user directory has
 */
record TableIdentity(byte[] id, int shards) {
  @Override
  public String toString() {
    return "TableIdentity[shards=" + shards + "]";
  }
}
