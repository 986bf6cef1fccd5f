package io.ezypass.internal.op;

import io.ezypass.admin.TableCheck;
import io.ezypass.internal.plan.Op;
import io.ezypass.internal.plan.Plan;
import io.ezypass.internal.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Compares the table with what the library needs: DescribeTable, DescribeTimeToLive, GetItem. */
public final class CheckTable {
  private final TableDefinition definition;
  private final Table table;

  /** The use case. */
  public CheckTable(TableDefinition definition, Table table) {
    this.definition = definition;
    this.table = table;
  }

  /** The plan. */
  public Plan<TableCheck> plan() {
    return Plan.call(
        Op.DESCRIBE_TABLE,
        definition.describe(),
        response -> {
          List<String> problems = TableDefinition.problems(response.table());
          return problems.isEmpty() ? checkTtl() : Plan.done(new TableCheck(problems, false));
        },
        failure -> {
          if (failure instanceof ResourceNotFoundException) {
            return Plan.done(
                new TableCheck(List.of("The table does not exist: create it."), false));
          }
          throw Failures.read(Op.DESCRIBE_TABLE.name(), failure);
        });
  }

  private Plan<TableCheck> checkTtl() {
    return Plan.call(
        Op.DESCRIBE_TTL,
        definition.describeTtl(),
        response -> {
          List<String> problems =
              new ArrayList<>(TableDefinition.problems(response.timeToLiveDescription()));
          return table.findRoot().map(root -> new TableCheck(problems, root != null));
        },
        failure -> {
          throw Failures.read(Op.DESCRIBE_TTL.name(), failure);
        });
  }
}
