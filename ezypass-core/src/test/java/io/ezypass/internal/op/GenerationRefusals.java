package io.ezypass.internal.op;

import static io.ezypass.internal.op.KeysVectors.generation;

/** KEYS whose lists of generations are sealed well and cannot be. */
final class GenerationRefusals {
  private GenerationRefusals() {}

  /** Takes the list of a KEYS item that has to be refused. */
  interface Generations {
    void refused(String id, String description, int header, String... generations);
  }

  static void add(Generations keys) {
    String key = VectorJson.hex(VectorJson.bytes("older", 32));
    keys.refused("generation-zero", "generation 0 as the active one", 0, generation(0, null));
    keys.refused(
        "generation-zero-before",
        "generation 0 among the older ones",
        1,
        generation(0, key),
        generation(1, null));
    keys.refused(
        "generation-twice",
        "two keys of one generation",
        2,
        generation(1, key),
        generation(1, "11".repeat(32)),
        generation(2, null));
    keys.refused(
        "generation-active-twice",
        "the active generation twice",
        2,
        generation(2, key),
        generation(2, null));
    keys.refused(
        "generations-descending",
        "generations that do not ascend",
        3,
        generation(2, key),
        generation(1, key),
        generation(3, null));
    keys.refused(
        "generations-active-first",
        "the active generation in front",
        2,
        generation(2, null),
        generation(1, key));
    keys.refused(
        "generations-none-active",
        "a key for every generation",
        2,
        generation(1, key),
        generation(2, key));
    keys.refused(
        "generations-two-active",
        "two generations without a key",
        2,
        generation(1, null),
        generation(2, null));
    keys.refused(
        "generation-active-other",
        "the active generation is not the header's",
        1,
        generation(1, key),
        generation(2, null));
    keys.refused(
        "generation-active-below",
        "the header's generation is not in the list",
        3,
        generation(1, key),
        generation(2, null));
  }
}
