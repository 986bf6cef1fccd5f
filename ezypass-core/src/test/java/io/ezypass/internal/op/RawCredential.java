package io.ezypass.internal.op;

import static io.ezypass.internal.op.VectorWriter.field;
import static io.ezypass.internal.op.VectorWriter.padded;
import static io.ezypass.internal.op.VectorWriter.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ezypass.internal.cipher.Hmac;
import io.ezypass.internal.cipher.Key;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.SealContext.State;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Seals any plaintexts as the one credential for a website of a vault, version 1. */
final class RawCredential {
  static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  static final String RAND = BASE64.encodeToString(CredentialVectors.RAND);

  /** The field that every meta part must have, beside the website's. */
  static final String CREATED = field(4, "018bcfe56800");

  private final VectorVault vault;
  private final UserKeys keys;
  private final byte[] tag;
  private final String website;

  /** For {@code example.com}. */
  RawCredential(VectorVault vault) {
    this(vault, "hexample.com");
  }

  /**
   * For a website that the model need not have.
   *
   * @param website its kind in one letter, then its value
   */
  RawCredential(VectorVault vault, String website) {
    this.vault = vault;
    this.website = website;
    keys = vault.userKeys();
    Key siteTagKey = Hmac.deriveKey(Key.copyOf(vault.indexKey()), "ezypass/1/site-tag");
    byte[] hashed = website.getBytes(StandardCharsets.UTF_8);
    tag = Arrays.copyOf(Hmac.sha256(siteTagKey, hashed), 9);
  }

  String id() {
    return BASE64.encodeToString(tag) + RAND;
  }

  String tagHex() {
    return VectorJson.hex(tag);
  }

  /** The first two fields of the meta part. */
  String site() {
    return field(1, tagHex()) + text(2, website);
  }

  SealContext context(int generation) {
    return CredentialRow.context(keys, RAND, 1, generation, List.of());
  }

  ObjectNode item(byte[] meta, byte[] secret) {
    return sealed(context(1), meta, secret);
  }

  ObjectNode sealed(SealContext context, byte[] meta, byte[] secret) {
    Sealer.Sealed sealed =
        VectorWriter.seal(vault.key(1), context, VectorJson.bytes("random", 32), meta, secret);
    Item at = Item.at(ItemKey.credential(vault.user(), id())).number(Item.VERSION, 1);
    return VectorJson.item(sealed.into(at));
  }

  /** A live item with revisions or in the trash, as far as context and place tell. */
  ObjectNode item(State state, long version, int features, byte[] meta) {
    SealContext context =
        CredentialRow.context(keys, RAND, state, version, 1, List.of()).withFeatures(features);
    ObjectNode item =
        VectorWriter.with(sealed(context, meta, padded()), "v", "N", Long.toString(version));
    return state == State.LIVE ? item : VectorWriter.with(item, "sk", "S", "TRASH#" + RAND);
  }

  /** A reading by id. */
  ObjectNode given(ObjectNode item) {
    ObjectNode given = VectorJson.object();
    given.put("vault", "one").put("read", "whole").put("credential", id());
    given.put("now", CredentialVectors.CREATED.toEpochMilli());
    given.putArray("items").add(item);
    return given;
  }
}
