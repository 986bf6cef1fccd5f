package io.ezypass.internal.op;

import io.ezypass.admin.TableCheck;
import io.ezypass.admin.TableOptions;
import io.ezypass.error.StorageUnavailableException;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.TableDefinition;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Creates the table, waits for it, switches TTL on, and recovery where asked for. */
public final class CreateTable {
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int MAX_ROUNDS = 300;

  private final TableDefinition definition;
  private final CheckTable check;

  /** The use case. */
  public CreateTable(TableDefinition definition, CheckTable check) {
    this.definition = definition;
    this.check = check;
  }

  /** The plan. */
  public Plan<TableCheck> plan(TableOptions options) {
    return Plan.call(
        Op.CREATE_TABLE,
        definition.create(options.deletionProtection(), options.encryptionKey(), options.tags()),
        response -> untilActive(options, 0),
        failure -> {
          if (failure instanceof ResourceInUseException) {
            return check.plan();
          }
          throw Failures.read(Op.CREATE_TABLE.name(), failure);
        });
  }

  private Plan<TableCheck> untilActive(TableOptions options, int round) {
    return Plan.call(
        Op.DESCRIBE_TABLE,
        definition.describe(),
        response ->
            TableDefinition.isActive(response.table()) ? enableTtl(options) : again(options, round),
        failure -> {
          // DescribeTable may lag behind CreateTable.
          if (failure instanceof ResourceNotFoundException) {
            return again(options, round);
          }
          throw Failures.read(Op.DESCRIBE_TABLE.name(), failure);
        });
  }

  private Plan<TableCheck> again(TableOptions options, int round) {
    if (round == MAX_ROUNDS) {
      throw new StorageUnavailableException(
          StorageUnavailableException.Reason.UNREACHABLE,
          Op.DESCRIBE_TABLE.name(),
          "not active after five minutes");
    }
    return new Plan.Pause<>(WAIT, () -> untilActive(options, round + 1));
  }

  private Plan<TableCheck> enableTtl(TableOptions options) {
    return Plan.call(
        Op.UPDATE_TTL,
        definition.enableTtl(),
        response -> options.pointInTimeRecovery() ? enableRecovery() : check.plan(),
        failure -> {
          throw Failures.read(Op.UPDATE_TTL.name(), failure);
        });
  }

  private Plan<TableCheck> enableRecovery() {
    return Plan.call(
        Op.UPDATE_BACKUPS,
        definition.enableRecovery(),
        response -> check.plan(),
        failure -> {
          throw Failures.read(Op.UPDATE_BACKUPS.name(), failure);
        });
  }
}
