package io.ezypass.testkit.model;

/** Draws calls, by topic. */
record Draw(
    UserDraws users,
    CredentialDraws credentials,
    BatchDraws batches,
    ReadDraws reads,
    HistoryDraws history,
    TrashDraws trash,
    AuditDraws audit,
    DueDraws due,
    SharingDraws sharing) {

  static Draw from(World world) {
    Contents contents = new Contents(world);
    return new Draw(
        new UserDraws(world, contents),
        new CredentialDraws(world, contents),
        new BatchDraws(world, contents),
        new ReadDraws(world),
        new HistoryDraws(world),
        new TrashDraws(world),
        new AuditDraws(world),
        new DueDraws(world),
        new SharingDraws(world, contents));
  }
}
