package io.ezypass.testkit.model;

import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.model.Actor;
import io.ezypass.model.CredentialId;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The fake or the library. Each makes up its own ids of credentials and its own page tokens; here
 * they have the names that both sides share.
 */
final class Side {
  private static final CredentialId NOBODYS = CredentialId.of("AAAAAAAAAAAAAAAAAAAAAAAAAAAA");

  /** Which of the views of the table does the next step. */
  record View(VaultPolicies policies, Style style, Actor actor) {
    enum Style {
      SYNC,
      ASYNC
    }
  }

  /** Opens views. */
  interface Opener {
    VaultRepository open(VaultPolicies policies, View.Style style);
  }

  private final Opener opener;
  private final Map<String, VaultRepository> views = new HashMap<>();
  private final Map<String, CredentialId> ids = new HashMap<>();
  private final Map<CredentialId, String> names = new HashMap<>();
  private final Map<String, PageToken> tokens = new HashMap<>();

  Side(Opener opener) {
    this.opener = opener;
  }

  /** This side as one step sees it. */
  Party through(View view) {
    VaultRepository repository =
        views.computeIfAbsent(
            view.style() + " " + view.policies(),
            key -> opener.open(view.policies(), view.style()));
    return new Party(this, repository.as(view.actor()));
  }

  void name(String name, CredentialId id) {
    ids.put(name, id);
    names.put(id, name);
  }

  /** What both sides call a credential. */
  String nameOf(CredentialId id) {
    return names.getOrDefault(id, id.equals(NOBODYS) ? "nobody's" : "unheard of");
  }

  CredentialId id(String name) {
    return ids.getOrDefault(name, NOBODYS);
  }

  void keep(String name, @Nullable PageToken token) {
    if (token == null) {
      tokens.remove(name);
    } else {
      tokens.put(name, token);
    }
  }

  boolean hasToken(String name) {
    return tokens.containsKey(name);
  }

  PageToken token(String name) {
    return Objects.requireNonNull(tokens.get(name), "a token that the fake has");
  }

  /** One view of one side. */
  record Party(Side side, VaultRepository repository) {
    Vault vault(UserId owner) {
      return repository.vault(owner);
    }

    Shown shown() {
      return new Shown(side);
    }

    CredentialId id(String name) {
      return side.id(name);
    }
  }
}
