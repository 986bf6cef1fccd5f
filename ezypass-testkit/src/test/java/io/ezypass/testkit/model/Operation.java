package io.ezypass.testkit.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The kinds of operation, and how often each is drawn. Another kind is a constant here, and a
 * method that draws what it is called with.
 */
enum Operation {
  REGISTER(5, draw -> draw.users().register()),
  UPDATE_USER(4, draw -> draw.users().update()),
  DELETE_USER(2, draw -> draw.users().delete()),
  FIND_USER(2, draw -> draw.users().find()),
  FIND_USER_BY(3, draw -> draw.users().findBy()),
  LIST_USERS(1, draw -> draw.users().list()),

  ADD(18, draw -> draw.credentials().add()),
  GET(5, draw -> draw.credentials().get()),
  UPDATE(14, draw -> draw.credentials().update()),
  EDIT(8, draw -> draw.credentials().edit()),
  DELETE(9, draw -> draw.credentials().delete()),
  ADD_BATCH(5, draw -> draw.batches().add()),
  GET_BATCH(3, draw -> draw.batches().get()),
  DELETE_BATCH(5, draw -> draw.batches().delete()),
  OPEN(1, draw -> draw.reads().open()),
  LIST(1, draw -> draw.reads().list()),
  CREDENTIALS(1, draw -> draw.reads().credentials()),
  FIND_BY_WEBSITE(2, draw -> draw.reads().findByWebsite()),
  FILTER(2, draw -> draw.reads().filter()),
  SEARCH(2, draw -> draw.reads().search()),
  HEALTH(1, draw -> draw.reads().health()),
  KEEP_TOKEN(2, draw -> draw.reads().keepToken()),
  USE_TOKEN(2, draw -> draw.reads().useToken()),

  LIST_REVISIONS(3, draw -> draw.history().list()),
  GET_REVISION(3, draw -> draw.history().get()),
  COMPARE_REVISIONS(3, draw -> draw.history().compare()),
  REVERT(7, draw -> draw.history().revert()),

  LIST_TRASH(3, draw -> draw.trash().list()),
  RESTORE(7, draw -> draw.trash().restore()),
  PURGE(3, draw -> draw.trash().purge()),
  EMPTY_TRASH(1, draw -> draw.trash().empty()),

  LIST_AUDIT(4, draw -> draw.audit().list()),

  LIST_DUE(3, draw -> draw.due().list()),
  CHECK_DUE(3, draw -> draw.due().check()),

  SHARE(14, draw -> draw.sharing().share()),
  REVOKE(4, draw -> draw.sharing().revoke()),
  GRANTS(2, draw -> draw.sharing().grants()),
  GIVEN(2, draw -> draw.sharing().given()),
  RECEIVED(2, draw -> draw.sharing().received()),
  OPEN_SHARED(7, draw -> draw.sharing().open());

  private static final List<Operation> WEIGHTED = weighted();

  private final int weight;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
  private final Function<Draw, Call> drawn;

  Operation(int weight, Function<Draw, Call> drawn) {
    this.weight = weight;
    this.drawn = drawn;
  }

  static Operation any(World world) {
    return world.any(WEIGHTED);
  }

  Call draw(Draw draw) {
    return drawn.apply(draw);
  }

  private static List<Operation> weighted() {
    List<Operation> all = new ArrayList<>();
    for (Operation operation : values()) {
      for (int i = 0; i < operation.weight; i++) {
        all.add(operation);
      }
    }
    return List.copyOf(all);
  }
}
