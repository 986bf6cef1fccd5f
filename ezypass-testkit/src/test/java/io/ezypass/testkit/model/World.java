package io.ezypass.testkit.model;

import io.ezypass.Vault;
import io.ezypass.model.Actor;
import io.ezypass.model.AuditEvent;
import io.ezypass.model.AuditPolicy;
import io.ezypass.model.AuditRange;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialId;
import io.ezypass.model.Grant;
import io.ezypass.model.PageRequest;
import io.ezypass.model.Revision;
import io.ezypass.model.RevisionPolicy;
import io.ezypass.model.SharedCredential;
import io.ezypass.model.TrashPolicy;
import io.ezypass.model.UserId;
import io.ezypass.model.VaultPolicies;
import io.ezypass.model.VaultUser;
import io.ezypass.testkit.MutableClock;
import io.ezypass.testkit.fake.InMemoryVaultRepository;
import io.ezypass.testkit.model.Side.View;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What operations are drawn from: few users, few credentials of each, the moments at which
 * something ends. What is stored is looked up in the fake, so that most of what is drawn meets
 * something.
 */
final class World {
  static final List<UserId> USERS =
      List.of(UserId.of("ann"), UserId.of("bob"), UserId.of("cem"), UserId.of("dora"));
  private static final int NAMES_KEPT = 8;
  private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);
  private static final List<VaultPolicies> POLICIES =
      List.of(
          VaultPolicies.defaults(),
          new VaultPolicies(RevisionPolicy.off(), TrashPolicy.off(), AuditPolicy.off()),
          new VaultPolicies(RevisionPolicy.off(), TrashPolicy.keepUntilPurged(), AuditPolicy.off()),
          new VaultPolicies(
              RevisionPolicy.all(3),
              TrashPolicy.keep(Duration.ofMinutes(3)),
              AuditPolicy.keep(Duration.ofMinutes(20))),
          new VaultPolicies(RevisionPolicy.all(2), TrashPolicy.off(), AuditPolicy.keepForever()),
          new VaultPolicies(
              RevisionPolicy.all(20), TrashPolicy.keepUntilPurged(), AuditPolicy.off()),
          new VaultPolicies(
              RevisionPolicy.all(4).keptFor(Duration.ofMinutes(2)),
              TrashPolicy.keepUntilPurged(),
              AuditPolicy.off()),
          new VaultPolicies(
              RevisionPolicy.secretChanges(2).keptFor(Duration.ofDays(3)),
              TrashPolicy.keep(Duration.ofDays(2)),
              AuditPolicy.off()));

  final Random random;
  private final InMemoryVaultRepository fake;
  private final Map<UserId, List<String>> names = new HashMap<>();
  private final TreeSet<Instant> ends = new TreeSet<>();
  private final Side fakeSide;
  private int lastName;

  World(long seed, InMemoryVaultRepository fake, Side fakeSide) {
    random = new Random(seed);
    this.fake = fake;
    this.fakeSide = fakeSide;
  }

  <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  Instant now() {
    return fake.clock().instant();
  }

  LocalDate today() {
    return LocalDate.ofInstant(now(), ZoneOffset.UTC);
  }

  MutableClock clock() {
    return fake.clock();
  }

  /** One of few, so that different policies meet on one credential. */
  View view() {
    VaultPolicies policies = any(POLICIES);
    for (Duration age :
        new Duration[] {
          policies.revisions().keptFor(), policies.trash().keptFor(), policies.audit().keptFor()
        }) {
      if (age != null) {
        endsAt(now().plus(age));
      }
    }
    Actor actor = once(4) ? Actor.of("support") : Actor.of("app");
    return new View(policies, any(List.of(View.Style.values())), actor);
  }

  UserId user() {
    return any(USERS);
  }

  /** One who is registered, if there is any. */
  UserId member() {
    List<UserId> members = USERS.stream().filter(user -> fake.findUser(user).isPresent()).toList();
    return members.isEmpty() || once(40) ? user() : any(members);
  }

  /** One who is not registered, if there is any: perhaps because a deletion has begun. */
  UserId gone() {
    List<UserId> gone = USERS.stream().filter(user -> fake.findUser(user).isEmpty()).toList();
    return gone.isEmpty() ? user() : any(gone);
  }

  /** A new name for a credential that is to be added. */
  String newName(UserId owner) {
    List<String> own = names.computeIfAbsent(owner, key -> new ArrayList<>());
    String name = "c" + ++lastName;
    own.add(name);
    if (own.size() > NAMES_KEPT) {
      own.remove(0);
    }
    return name;
  }

  List<String> names(UserId owner) {
    return names.getOrDefault(owner, List.of());
  }

  /** Mostly one that the user has; at times one that is gone, somebody else's or nobody's. */
  String credential(UserId owner) {
    return once(5) ? name(owner) : oneOf(names(owner), name -> isLive(owner, name), owner);
  }

  /** Mostly one of which an earlier version is kept. */
  String revised(UserId owner) {
    return once(8) ? name(owner) : oneOf(names(owner), name -> isRevised(owner, name), owner);
  }

  /** Mostly one in the trash. */
  String trashed(UserId owner) {
    return once(8) ? name(owner) : oneOf(names(owner), name -> isInTrash(owner, name), owner);
  }

  /** Mostly one whose trash has something in it. */
  UserId trashOwner() {
    List<UserId> owners =
        USERS.stream()
            .filter(user -> names(user).stream().anyMatch(name -> isInTrash(user, name)))
            .toList();
    return owners.isEmpty() || once(10) ? member() : any(owners);
  }

  boolean isRegistered(UserId user) {
    return fake.findUser(user).isPresent();
  }

  /** Mostly another member. */
  UserId other(UserId than) {
    List<UserId> others =
        USERS.stream().filter(user -> isRegistered(user) && !user.equals(than)).toList();
    return others.isEmpty() || once(12) ? user() : any(others);
  }

  /** Mostly one who shares something. */
  UserId sharer() {
    List<UserId> sharers =
        USERS.stream()
            .filter(user -> names(user).stream().anyMatch(name -> isShared(user, name)))
            .toList();
    return sharers.isEmpty() || once(10) ? member() : any(sharers);
  }

  /** Mostly one with whom something is shared. */
  UserId receiver() {
    List<UserId> receivers = USERS.stream().filter(user -> !received(user).isEmpty()).toList();
    return receivers.isEmpty() || once(10) ? member() : any(receivers);
  }

  /** Mostly one that is shared. */
  String shared(UserId owner) {
    return once(8) ? name(owner) : oneOf(names(owner), name -> isShared(owner, name), owner);
  }

  List<UserId> recipients(UserId owner, String name) {
    return isRegistered(owner)
        ? fake.vault(owner).sharing().grants(fakeSide.id(name)).stream()
            .map(Grant::recipient)
            .toList()
        : List.of();
  }

  List<SharedCredential> received(UserId recipient) {
    return isRegistered(recipient)
        ? fake.vault(recipient).sharing().received(PageRequest.first(1_000)).items()
        : List.of();
  }

  String nameOf(CredentialId id) {
    return fakeSide.nameOf(id);
  }

  private boolean isShared(UserId owner, String name) {
    return !recipients(owner, name).isEmpty();
  }

  /** When something happened that the trail has; or else now. */
  Instant eventTime(UserId owner) {
    if (fake.findUser(owner).isEmpty()) {
      return now();
    }
    List<AuditEvent> events =
        Pages.all(page -> fake.vault(owner).audit().list(AuditRange.all(), page), 1_000);
    return events.isEmpty() ? now() : any(events).at();
  }

  private String oneOf(List<String> own, Predicate<String> wanted, UserId owner) {
    List<String> some = own.stream().filter(wanted).toList();
    return some.isEmpty() ? name(owner) : any(some);
  }

  private String name(UserId owner) {
    List<String> own = once(10) ? names(user()) : names(owner);
    return own.isEmpty() || once(30) ? "nobody's" : any(own);
  }

  boolean isFull(UserId owner) {
    return fake.findUser(owner).isPresent() && fake.vault(owner).open().size() >= NAMES_KEPT - 2;
  }

  /** Mostly the one that is stored. */
  long version(UserId owner, String name) {
    return nearly(stored(owner, fakeSide.id(name)));
  }

  long userVersion(UserId user) {
    return nearly(fake.findUser(user).map(VaultUser::version).orElse(1L));
  }

  /** Mostly a version that is kept. */
  long earlier(UserId owner, String name) {
    CredentialId id = fakeSide.id(name);
    if (once(6) || !isLive(owner, name)) {
      return nearly(Math.max(1, stored(owner, id) - random.nextInt(5)));
    }
    List<Revision> kept = fake.vault(owner).history().list(id);
    return kept.isEmpty() ? 1 : any(kept).version();
  }

  /** Something ends then: the clock is going to be moved there. */
  void endsAt(Instant end) {
    if (ends.size() > 200) {
      ends.pollLast();
    }
    ends.add(end.truncatedTo(ChronoUnit.SECONDS));
  }

  void endsAtExactly(Instant end) {
    ends.add(end);
  }

  boolean hasToken(String name) {
    return fakeSide.hasToken(name);
  }

  void tokenIssued() {
    endsAtExactly(now().plus(TOKEN_LIFETIME));
  }

  /** Moves the clock a little, to the next moment at which something ends, or by days. */
  Duration step() {
    ends.headSet(now(), true).clear();
    int kind = random.nextInt(100);
    if (kind < 40 && !ends.isEmpty()) {
      return Duration.between(now(), ends.first()).plusMillis(any(List.of(-1, 0, 0, 1_000)));
    } else if (kind < 90) {
      return Duration.ofMillis(random.nextInt(3_000));
    } else if (kind < 97) {
      return Duration.ofMinutes(random.nextInt(90));
    }
    return Duration.ofDays(1 + random.nextInt(40));
  }

  private long nearly(long stored) {
    return switch (random.nextInt(24)) {
      case 0 -> stored - 1;
      case 1 -> stored + 1;
      case 2 -> any(List.of(0L, -1L, 1L, Long.MAX_VALUE, Long.MIN_VALUE));
      default -> stored;
    };
  }

  private boolean isLive(UserId owner, String name) {
    return fake.findUser(owner).isPresent()
        && fake.vault(owner).open().stream().anyMatch(c -> c.id().equals(fakeSide.id(name)));
  }

  private boolean isRevised(UserId owner, String name) {
    return isLive(owner, name) && !fake.vault(owner).history().list(fakeSide.id(name)).isEmpty();
  }

  private boolean isInTrash(UserId owner, String name) {
    return fake.findUser(owner).isPresent()
        && fake.vault(owner).trash().list(PageRequest.first(1_000)).items().stream()
            .anyMatch(trashed -> trashed.id().equals(fakeSide.id(name)));
  }

  private long stored(UserId owner, CredentialId id) {
    if (fake.findUser(owner).isEmpty()) {
      return 1;
    }
    Vault vault = fake.vault(owner);
    return vault
        .credentials()
        .filter(credential -> credential.id().equals(id))
        .map(Credential::version)
        .findFirst()
        .orElseGet(
            () ->
                vault.trash().list(PageRequest.first(1_000)).items().stream()
                    .filter(trashed -> trashed.id().equals(id))
                    .map(trashed -> trashed.version())
                    .findFirst()
                    .orElse(1L));
  }
}
