package io.ezypass.examples.quickstart;

import io.ezypass.EzyPass;
import io.ezypass.PasswordGenerator;
import io.ezypass.Vault;
import io.ezypass.VaultRepository;
import io.ezypass.error.VaultException;
import io.ezypass.error.VersionConflictException;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialContent;
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
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A vault at work: two users, an imported password export, and a look at what DynamoDB and KMS get
 * to see of it. {@link #run} is the part to read.
 */
public final class Quickstart {
  private static final Website GITHUB = Website.of("github.com");

  private final Backend backend;
  private final Report report;

  Quickstart(Backend backend, PrintStream out) {
    this.backend = backend;
    this.report = new Report(out, backend::takeCost);
  }

  /**
   * Runs the example; {@link Settings} has what it can be told by system properties.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // UTF-8 whatever the locale: the vault holds more than ASCII.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    try {
      Settings settings = new Settings(System.getProperties());
      List<CredentialContent> export = ChromeCsv.read(settings.csv());
      try (Backend backend = Backend.open(settings)) {
        new Quickstart(backend, out).run(export);
      }
    } catch (ImportException
        | IllegalArgumentException
        | IllegalStateException
        | SdkException
        | VaultException e) {
      out.println("The quickstart failed. " + e.getMessage());
      System.exit(1);
    }
  }

  void run(List<CredentialContent> export) {
    EzyPass ezypass = backend.ezypass();
    VaultRepository vaults = ezypass.repository();
    report.title("EzyPass on " + backend.description());

    report.step("Register two users");
    String run = UUID.randomUUID().toString().substring(0, 8);
    VaultUser ada = vaults.register(NewUser.withEmail("ada-" + run + "@example.com"));
    VaultUser grace = vaults.register(NewUser.withEmail("grace-" + run + "@example.com"));
    Vault adas = vaults.vault(ada.id()); // sends nothing, and cannot name another user
    Vault graces = vaults.vault(grace.id());

    report.step("Import a browser's password export for Ada");
    for (CredentialContent entry : export) {
      adas.add(entry).close(); // wipes the secrets of what add() returns
      entry.secrets().close();
    }
    report.say(export.size() + " credentials imported");

    report.step("Both add the same login for the same website, with generated passwords");
    Credential mine = adas.add(github());
    Credential hers = graces.add(github());
    report.say("Ada's password is " + masked(mine) + ", Grace's is " + masked(hers));

    report.step("Open Ada's vault as a process does that has just started");
    ezypass.evict(ada.id());
    report.say(adas.open().size() + " credentials, no secret decrypted");

    report.step("Open it again, with her keys in the cache");
    report.say(adas.open().size() + " credentials");

    report.step("Find what fits https://gist.github.com/ada");
    Website gist = Website.of("https://gist.github.com/ada");
    report.say(
        adas.findByWebsite(gist, WebsiteMatch.EXACT).size()
            + " for the very host, "
            + adas.findByWebsite(gist, WebsiteMatch.WITH_PARENT_DOMAINS).size()
            + " with its parent domains");

    report.step("Change Ada's password for GitHub, naming the version seen");
    Credential seen = adas.get(mine.id());
  }
}
