package io.ezypass.internal.op;

import io.ezypass.error.TamperedItemException;
import io.ezypass.error.UnsupportedFormatException;
import io.ezypass.internal.cipher.NotAuthenticException;
import io.ezypass.internal.cipher.Sealing;
import io.ezypass.internal.format.v1.Header;
import io.ezypass.internal.format.v1.MalformedException;
import io.ezypass.internal.format.v1.ProfileCodec;
import io.ezypass.internal.format.v1.SealContext;
import io.ezypass.internal.format.v1.UnknownFormatException;
import io.ezypass.internal.table.Item;
import io.ezypass.internal.table.ItemKey;
import io.ezypass.model.Audit;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A user's profile, opened. */
record ProfileRow(Item item, Header header, VaultUser user) {

  /** Opens it. The generation must be among the keys. */
  static ProfileRow open(UserKeys keys, Item item) {
    UserId user = keys.user();
    byte[] meta = item.bytes(Item.META);
    OptionalLong version = item.number(Item.VERSION);
    if (meta == null || version.isEmpty()) {
      throw new TamperedItemException(Describe.profile(user));
    }
    Header header = header(user, item);
    SealContext context = context(keys, version.getAsLong(), header.generation(), List.of());
    try (Sealing sealing = Sealer.opening(keys.vaultKey(header.generation()), context, header)) {
      ProfileCodec.Decoded opened =
          ProfileCodec.decode(user, sealing.openMeta(meta), header.hasUnknownFeatures());
      return new ProfileRow(
          item, header, new VaultUser(user, opened.profile(), opened.audit(), version.getAsLong()));
    } catch (MalformedException | NotAuthenticException e) {
      throw new TamperedItemException(Describe.profile(user));
    }
  }

  static Header header(UserId user, Item item) {
    byte[] bytes = item.bytes(Item.HEADER);
    if (bytes == null) {
      throw new TamperedItemException(Describe.profile(user));
    }
    try {
      return Header.decode(bytes);
    } catch (UnknownFormatException e) {
      throw new UnsupportedFormatException(Describe.profile(user));
    } catch (MalformedException e) {
      throw new TamperedItemException(Describe.profile(user));
    }
  }

  /** Seals a version of a profile; its claims' tags stand beside it in the clear. */
  static CredentialSealer.SealedCredential seal(
      Environment env,
      UserKeys keys,
      TableKeys table,
      UserProfile profile,
      Audit audit,
      long version,
      List<byte[]> earlier) {
    CredentialSealer.requireWritable(env, keys);
    Sealer.Sealed sealed =
        Sealer.seal(
            keys.vaultKey(keys.active()),
            context(keys, version, keys.active(), earlier),
            env.randomBytes(32),
            ProfileCodec.encode(keys.user(), profile, audit),
            null);
    Item item = sealed.into(Item.at(ItemKey.profile(keys.user())).number(Item.VERSION, version));
    for (UserKey key : userKeys(profile)) {
      item.bytes(tagAttribute(key.kind()), table.claimTag(key));
    }
    CredentialSealer.requireSize(item, CredentialSealer.MAX_ITEM);
    return new CredentialSealer.SealedCredential(item, sealed.header());
  }

  /** The keys that a profile claims. */
  static List<UserKey> userKeys(UserProfile profile) {
    List<UserKey> keys = new ArrayList<>(2);
    String email = profile.email();
    if (email != null) {
      keys.add(UserKey.email(email));
    }
    String username = profile.username();
    if (username != null) {
      keys.add(UserKey.username(username));
    }
    return keys;
  }

  /** The key of one kind that a profile claims. */
  static @Nullable UserKey userKey(UserProfile profile, UserKey.Kind kind) {
    return userKeys(profile).stream().filter(key -> key.kind() == kind).findFirst().orElse(null);
  }

  /** Where the tag of a claim stands in a profile or a tombstone. */
  static String tagAttribute(UserKey.Kind kind) {
    return switch (kind) {
      case EMAIL -> Item.EMAIL_TAG;
      case USERNAME -> Item.NAME_TAG;
    };
  }

  static SealContext context(UserKeys keys, long version, int generation, List<byte[]> earlier) {
    return new SealContext(
        0,
        keys.tableId(),
        keys.user().value(),
        SealContext.Kind.PROFILE,
        new byte[0],
        SealContext.State.LIVE,
        version,
        generation,
        new byte[0],
        earlier);
  }
}
