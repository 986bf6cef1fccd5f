package io.ezypass.examples.quickstart;

import io.ezypass.EzyPass;
import io.ezypass.PasswordGenerator;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
import io.ezypass.model.CredentialId;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.NewUser;
import io.ezypass.model.Secret;
import io.ezypass.model.VaultUser;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A vault at work: two users, an imported password export, two writers at once, and a look at what
 * DynamoDB and KMS get to see of it. {@link #run} is where to start reading.
 */
public final class Quickstart {
  private final Backend backend;
  private final Report report;

  Quickstart(Backend backend, PrintStream out) {
    this.backend = backend;
    this.report = new Report(out, backend::takeCost);
  }

  void run(List<CredentialContent> export) {
    EzyPass ezypass = backend.ezypass();
    VaultRepository vaults = ezypass.repository();
    report.title("EzyPass on " + backend.description());

    report.step("Register two users");
    String run = UUID.randomUUID().toString().substring(0, 8); // an address can be taken only once
    VaultUser ada = vaults.register(NewUser.withEmail("ada-" + run + "@example.com"));
    VaultUser grace = vaults.register(NewUser.withEmail("grace-" + run + "@example.com"));
    Vault adas = vaults.vault(ada.id()); // sends nothing, and can name no other user
    Vault graces = vaults.vault(grace.id());

    report.step("Import a browser's password export into Ada's vault");
    for (CredentialContent entry : export) {
      adas.add(entry).close(); // wipes the returned copy
      entry.secrets().close();
    }
    report.say(export.size() + " credentials imported");

    report.step("Add the same login for the same website to both vaults");
    try (Credential mine = addGitHub(adas);
        Credential hers = addGitHub(graces)) {
      report.say("generated: " + masked(mine) + " for Ada, " + masked(hers) + " for Grace");

      report.step("Open Ada's vault, as a process does that has just started");
      ezypass.evict(ada.id());
      report.say(adas.open().size() + " credentials; listing decrypts no password");

      report.step("Open it again: her keys are in the cache");
      report.say(adas.open().size() + " credentials");

      report.step("Find what fits https://gist.github.com/ada");
      Website gist = Website.of("https://gist.github.com/ada");
      int exact = adas.findByWebsite(gist, WebsiteMatch.EXACT).size();
      int parents = adas.findByWebsite(gist, WebsiteMatch.WITH_PARENT_DOMAINS).size();
      report.say(exact + " for the host itself, " + parents + " with its parent domains");

      change(adas, mine.id());

      report.step("Look at Grace's credential for the same login and website");
      try (Credential now = graces.get(hers.id())) {
        boolean same = Objects.equals(now.content().password(), hers.content().password());
        report.say("version " + now.version() + ", password " + (same ? "untouched" : "CHANGED"));
      }
    }
    report.end();
    show(List.of(ada, grace));
  }

  /** A credential that a user types in, with a password that nobody has to make up. */
  private static Credential addGitHub(Vault vault) {
    try (Secret password = PasswordGenerator.standard().generate()) {
      return vault.add(
          CredentialContent.builder()
              .website("github.com")
              .login("us@example.com")
              .password(password)
              .build());
    }
  }

  /** Each change names the version that its author saw: nobody overwrites what they never read. */
  private void change(Vault vault, CredentialId id) {
    report.step("Change Ada's password, naming the version seen");
    try (Credential seen = vault.get(id);
        Secret password = PasswordGenerator.standard().withLength(32).generate()) {
      CredentialContent changed = seen.content().toBuilder().password(password).build();
      try (Credential written = vault.update(id, seen.version(), changed)) {
        report.say("version " + written.version() + ", password " + masked(written));
      }

      report.step("Change it once more, from a second window that still shows the old version");
      try (Credential lost = vault.update(id, seen.version(), changed)) {
        throw new AssertionError("a stale update was taken as version " + lost.version());
      } catch (VersionConflictException refused) {
        report.say("refused: " + refused.getMessage());
      }
    }
    report.step("Let edit() read, change and write with the version read");
    try (Credential edited = vault.edit(id, now -> now.toBuilder().favourite(true).build())) {
      report.say("version " + edited.version());
    }
  }

  private void show(List<VaultUser> users) {
    TableView view = new TableView();
    for (VaultUser user : users) {
      List<CredentialSummary> vault = backend.ezypass().repository().vault(user.id()).open();
      view.add(user, vault);
    }
    report.table(view.lines(backend.inspector().render()));
  }

  private static String masked(Credential credential) {
    Secret password = credential.content().password();
    return password == null ? "none" : "*".repeat(password.length());
  }

  /**
   * Runs the example; {@link Settings} lists what system properties can tell it.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // UTF-8 whatever the locale is: vaults hold more than ASCII.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      Settings settings = new Settings(System.getProperties());
      List<CredentialContent> export =
          settings.csv().isPresent() ? ChromeCsv.read(settings.csv().get()) : ChromeCsv.sample();
      try (Backend backend = Backend.open(settings)) {
        new Quickstart(backend, out).run(export);
      }
    } catch (ImportException
        | IllegalArgumentException
        | IllegalStateException
        | SdkException
        | VaultException e) {
      System.err.println("Quickstart stopped: " + e.getMessage());
      System.exit(1);
    }
  }
}
