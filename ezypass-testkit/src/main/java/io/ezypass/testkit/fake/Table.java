package io.ezypass.testkit.fake;

import io.ezypass.error.AlreadyExistsException;
import io.ezypass.error.UserNotFoundException;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.UserId;
import io.ezypass.model.UserKey;
import io.ezypass.model.UserProfile;
import io.ezypass.model.VaultUser;
import io.ezypass.testkit.MutableClock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all views of one fake share. Everything is touched inside {@link #call} only, which holds
 * the one lock.
 */
final class Table {
  final RandomText random = new RandomText();
  final Script script = new Script(random);
  final PageTokens tokens = new PageTokens();
  final TreeMap<String, Member> members = new TreeMap<>();

  /** Ids of deleted users and from when their deletion can become final. */
  final Map<UserId, Instant> graves = new HashMap<>();

  final Map<Claim, UserId> claims = new HashMap<>();

  private final MutableClock clock;
  private final Object lock = new Object();

  Table(MutableClock clock) {
    this.clock = clock;
  }

  /** Runs one request: alone, and unless it was told to fail. */
  <T> T call(Supplier<T> request) {
    synchronized (lock) {
      script.beforeCall();
      return request.get();
    }
  }

  /** For the test's own orders, which are no requests. */
  void order(Runnable action) {
    synchronized (lock) {
      action.run();
    }
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Member member(UserId id) {
    Member member = members.get(id.value());
    if (member == null) {
      throw new UserNotFoundException(id);
    }
    return member;
  }

  void requireFree(UserProfile profile, UserId claimant) {
    for (Claim claim : Claim.of(profile)) {
      UserId holder = claims.get(claim);
      if (holder != null && !holder.equals(claimant)) {
        throw new AlreadyExistsException(
            claim.kind == UserKey.Kind.EMAIL
                ? AlreadyExistsException.Claim.EMAIL
                : AlreadyExistsException.Claim.USERNAME);
      }
    }
  }

  void put(VaultUser user) {
    Member member = members.get(user.id().value());
    if (member == null) {
      members.put(user.id().value(), new Member(user));
    } else {
      claims.keySet().removeAll(Claim.of(member.user.profile()));
      member.user = user;
    }
    for (Claim claim : Claim.of(user.profile())) {
      claims.put(claim, user.id());
    }
  }

  /** One page out of what a list holds after the position of the request's token. */
  <V, T> Page<T> page(
      String list,
      PageRequest request,
      Function<@Nullable String, Map<String, V>> after,
      Function<V, @Nullable T> shown) {
    Instant now = now();
    List<T> items = new ArrayList<>();
    String last = null;
    for (Map.Entry<String, V> entry :
        after.apply(tokens.redeem(request.after(), list, now)).entrySet()) {
      T item = shown.apply(entry.getValue());
      if (item == null) {
        continue;
      }
      if (items.size() == request.limit() && last != null) {
        PageToken next = PageToken.of(random.pageToken());
        tokens.issue(next, list, last, now);
        return new Page<>(items, next);
      }
      items.add(item);
      last = entry.getKey();
    }
    return new Page<>(items, null);
  }

  /** A unique value in its normalised form. */
  record Claim(UserKey.Kind kind, String value) {
    static Claim of(UserKey key) {
      return new Claim(key.kind(), key.value());
    }

    static Set<Claim> of(UserProfile profile) {
      Set<Claim> claims = new LinkedHashSet<>();
      if (profile.email() != null) {
        claims.add(of(UserKey.email(profile.email())));
      }
      if (profile.username() != null) {
        claims.add(of(UserKey.username(profile.username())));
      }
      return claims;
    }
  }
}
