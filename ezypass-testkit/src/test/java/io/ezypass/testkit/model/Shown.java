package io.ezypass.testkit.model;

import io.ezypass.BatchItem;
import io.ezypass.BatchRead;
import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.AlreadySharedException;
import io.ezypass.error.CredentialNotFoundException;
import io.ezypass.error.LimitExceededException;
import io.ezypass.error.RevisionNotFoundException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.health.HealthReport;
import io.ezypass.model.Audit;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditedChange;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialMeta;
import io.ezypass.model.CredentialSecrets;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.CustomField;
import io.ezypass.model.DueCredential;
import io.ezypass.model.Grant;
import io.ezypass.model.HiddenField;
import io.ezypass.model.Revision;
import io.ezypass.model.SearchHit;
import io.ezypass.model.Secret;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.TrashedCredential;
import io.ezypass.model.UserDeletion;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes as text in which the sides can be compared: with the shared names of credentials in
 * place of ids, and with everything that a {@code toString} redacts. All of it is test data.
 */
final class Shown {
  private final Side side;

  Shown(Side side) {
    this.side = side;
  }

  String failure(RuntimeException failure) {
    String type = failure.getClass().getSimpleName();
    if (failure instanceof VersionConflictException conflict) {
      return type + "(seen " + conflict.seen() + ", stored " + conflict.stored() + ")";
    } else if (failure instanceof AlreadyExistsException exists) {
      return type + "(" + exists.claim() + ")";
    } else if (failure instanceof UserNotFoundException missing) {
      return type + "(" + missing.user() + ")";
    } else if (failure instanceof CredentialNotFoundException missing) {
      return type + "(" + missing.user() + ", " + side.nameOf(missing.credential()) + ")";
    } else if (failure instanceof AlreadySharedException shared) {
      return type
          + ("(" + shared.owner() + ", " + side.nameOf(shared.credential()))
          + (", " + shared.recipient() + ")");
    } else if (failure instanceof RevisionNotFoundException missing) {
      return type
          + ("(" + missing.user() + ", " + side.nameOf(missing.credential()))
          + (", " + missing.version() + ")");
    }
    // Each side estimates the size in its own way.
    return failure instanceof LimitExceededException
        ? type
        : type + "(" + failure.getMessage() + ")";
  }

  /** In the order in which it comes. */
  String list(Collection<?> values) {
    return values.stream().map(this::value).collect(Collectors.joining("\n  ", "[", "]"));
  }

  /** For what comes in no useful order. */
  String bag(Collection<?> values) {
    return values.stream().map(this::value).sorted().collect(Collectors.joining("\n  ", "{", "}"));
  }

  /**
   * An audit trail. Not its numbers, which may begin anew when everything has ended, but whether
   * one is missing; and not in which order a trash was emptied, which goes by ids.
   */
  String events(List<AuditEvent> events) {
    List<String> shown = new ArrayList<>();
    List<AuditedChange> together = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      AuditEvent event = events.get(i);
      together.addAll(event.changes());
      AuditEvent older = i + 1 < events.size() ? events.get(i + 1) : null;
      if (older != null && older.number() != event.number() - 1) {
        shown.add("a gap");
      }
      if (older == null || !isPurge(event) || !isPurge(older) || !isOfOneMoment(event, older)) {
        shown.add(event.at() + " by " + event.actor().id() + " " + bag(together));
        together.clear();
      }
    }
    return String.join("\n  ", shown);
  }

  private static boolean isPurge(AuditEvent event) {
    return event.changes().stream().allMatch(c -> c.action() == AuditedChange.Action.PURGE);
  }

  private static boolean isOfOneMoment(AuditEvent one, AuditEvent other) {
    return one.at().equals(other.at()) && one.actor().equals(other.actor());
  }

  /** Equally good hits are ordered by their ids, which the sides do not share. */
  String hits(List<SearchHit> hits) {
    return hits.equals(hits.stream().sorted(SearchHit.BEST_FIRST).toList()) + " " + bag(hits);
  }

  String value(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(this::value).orElse("empty");
    } else if (value instanceof Set<?> set) {
      return bag(set);
    } else if (value instanceof Collection<?> collection) {
      return list(collection);
    } else if (value instanceof CredentialId id) {
      return side.nameOf(id);
    } else if (value instanceof Credential c) {
      return value(c.summary()) + " " + content(c.content());
    } else if (value instanceof CredentialSummary s) {
      return (side.nameOf(s.id()) + " of " + s.owner() + " v" + s.version())
          + (" " + audit(s.audit()) + " " + meta(s.meta()));
    } else if (value instanceof Revision r) {
      return "until " + r.keptUntil() + " " + value(r.summary());
    } else if (value instanceof TrashedCredential t) {
      return ("deleted " + t.deletedAt() + " by " + t.deletedBy().id() + " until " + t.purgeAt())
          + (" " + value(t.summary()));
    } else if (value instanceof Grant g) {
      return (side.nameOf(g.credential()) + " to " + g.recipient())
          + (" since " + g.grantedAt() + " until " + g.expiresAt());
    } else if (value instanceof SharedCredential s) {
      return (side.nameOf(s.id()) + " of " + s.owner())
          + (" since " + s.sharedAt() + " until " + s.expiresAt());
    } else if (value instanceof SearchHit h) {
      return h.score() + " " + new TreeSet<>(h.fields()) + " " + value(h.credential());
    } else if (value instanceof DueCredential d) {
      return side.nameOf(d.credential()) + " of " + d.owner() + " by " + d.rotateBy();
    } else if (value instanceof AuditedChange c) {
      CredentialId id = c.credential();
      return (c.action() + " " + (id == null ? "the user" : side.nameOf(id)) + " v" + c.version())
          + (c.recipient() == null ? "" : " with " + c.recipient());
    } else if (value instanceof BatchItem i) {
      return i.outcome() + " " + (i.id() == null ? "none" : side.nameOf(i.id())) + why(i.failure());
    } else if (value instanceof BatchRead r) {
      return side.nameOf(r.id()) + ": " + value(r.credential()) + why(r.failure());
    } else if (value instanceof HealthReport h) {
      return ("of " + h.owner() + " " + h.credentials() + " " + h.passwords())
          + (" reused " + bag(h.reused().stream().map(Set::copyOf).toList()))
          + (" old " + bag(h.old()) + " judged " + new TreeSet<>(h.judged()));
    } else if (value instanceof VaultUser u) {
      return u.id() + " v" + u.version() + " " + audit(u.audit()) + " " + profile(u.profile());
    } else if (value instanceof UserDeletion d) {
      // Not the number of rows, of which the fake has other ones.
      return (d.user() + " " + d.state() + " from " + d.finalFrom())
          + (" left " + new TreeSet<>(d.claimsLeft()) + " until " + d.recoverableUntil());
    }
    return String.valueOf(value);
  }

  static String content(CredentialContent content) {
    CredentialSecrets secrets = content.secrets();
    return ("password " + secret(secrets.password()) + " notes " + secret(secrets.notes()))
        + (" totp " + secret(secrets.totp()) + " hidden ")
        + secrets.hiddenFields().stream().map(Shown::hidden).toList();
  }

  static String meta(CredentialMeta meta) {
    Website site = meta.website();
    return (site.kind() + " " + site.value() + " as " + site.written())
        + (" login " + meta.login() + " title " + meta.title() + " urls " + meta.urls())
        + (" about " + meta.description() + " tags " + meta.tags())
        + (" fields " + meta.fields().stream().map(Shown::field).toList())
        + (meta.favourite() ? " favourite" : "")
        + (" rotate by " + meta.rotateBy() + " expires " + meta.expiresAt());
  }

  static String profile(UserProfile profile) {
    return profile.username() + " / " + profile.email() + " / " + profile.displayName();
  }

  private String why(@Nullable RuntimeException failure) {
    return failure == null ? "" : " since " + failure(failure);
  }

  private static String audit(Audit audit) {
    return ("created " + audit.createdAt() + " by " + audit.createdBy().id())
        + (" updated " + audit.updatedAt() + " by " + audit.updatedBy().id());
  }

  private static String field(CustomField field) {
    return field.kind() + " " + field.name() + "=" + field.value();
  }

  private static String hidden(HiddenField field) {
    return field.name() + "=" + secret(field.value());
  }

  private static @Nullable String secret(@Nullable Secret secret) {
    return secret == null ? null : secret.use(chars -> new String(chars));
  }
}
