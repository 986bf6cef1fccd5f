package io.ezypass.testkit.contract;

import static io.ezypass.model.WebsiteMatch.EXACT;
import static io.ezypass.model.WebsiteMatch.WITH_PARENT_DOMAINS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ezypass.Vault;
import io.ezypass.model.Credential;
import io.ezypass.model.CredentialSummary;
import io.ezypass.model.Website;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Finding credentials by the place where they are used. */
abstract class FindByWebsiteContract extends WebsitesContract {
  @Test
  void everyCredentialOfAWebsiteIsFound() {
    Vault vault = newVault();
    Credential one = vault.add(Given.login("github.com", "tahir"));
    Credential two = vault.add(Given.login("github.com", "tahir.work"));
    Credential same = vault.add(Given.login("github.com", "tahir"));
    vault.add(Given.login("gitlab.com", "tahir"));

    assertThat(vault.findByWebsite(Website.of("github.com"), EXACT))
        .containsExactlyInAnyOrder(one.summary(), two.summary(), same.summary());
  }

  @Test
  void aWebsiteWithoutCredentialsIsEmpty() {
    Vault vault = newVault();
    Website website = Website.of("github.com");
    assertThat(vault.findByWebsite(website, EXACT)).isEmpty();

    vault.add(Given.login("gitlab.com", "tahir"));
    vault.add(Given.login("xgithub.com", "tahir"));
    vault.add(Given.login("github.community", "tahir"));

    assertThat(vault.findByWebsite(website, EXACT)).isEmpty();
    assertThat(vault.findByWebsite(website, WITH_PARENT_DOMAINS)).isEmpty();
  }

  @Test
  void everySpellingOfAWebsiteFindsIt() {
    Vault vault = newVault();
    CredentialSummary summary = vault.add(Given.login("GitHub.com", "tahir")).summary();

    for (String spelling :
        List.of("github.com", "https://github.com/login?x=1", "WWW.GITHUB.COM")) {
      assertThat(vault.findByWebsite(Website.of(spelling), EXACT)).containsExactly(summary);
    }
    assertThat(summary.website().written()).isEqualTo("GitHub.com");
  }

  @Test
  void parentDomainsComeAfterNearestFirst() {
    Vault vault = newVault();
    CredentialSummary far = vault.add(Given.login("example.com", "far")).summary();
    CredentialSummary itself = vault.add(Given.login("a.b.example.com", "itself")).summary();
    CredentialSummary near = vault.add(Given.login("b.example.com", "near")).summary();
    vault.add(Given.login("x.a.b.example.com", "child"));
    vault.add(Given.login("c.example.com", "sibling"));
    vault.add(Given.login("example.org", "stranger"));

    assertThat(vault.findByWebsite(Website.of("a.b.example.com"), WITH_PARENT_DOMAINS))
        .containsExactly(itself, near, far);
  }

  @Test
  void anExactSearchTakesNoParents() {
    Vault vault = newVault();
    vault.add(Given.login("example.com", "parent"));
    CredentialSummary itself = vault.add(Given.login("a.example.com", "itself")).summary();

    assertThat(vault.findByWebsite(Website.of("a.example.com"), EXACT)).containsExactly(itself);
  }

  @Test
  void aParentDoesNotFindItsChildren() {
    Vault vault = newVault();
    CredentialSummary itself = vault.add(Given.login("example.com", "itself")).summary();
    vault.add(Given.login("a.example.com", "child"));

    assertThat(vault.findByWebsite(Website.of("example.com"), WITH_PARENT_DOMAINS))
        .containsExactly(itself);
  }

  @Test
  void aHostANameAndAnAppAreDifferentPlaces() {
    Vault vault = newVault();
    Website host = Website.of("example.com");
    Website name = Website.named("example.com");
    Website app = Website.of("android://c2lnbmF0dXJl@com.example");
    CredentialSummary atHost = add(vault, host);
    CredentialSummary atName = add(vault, name);
    CredentialSummary atApp = add(vault, app);

    assertThat(vault.findByWebsite(host, WITH_PARENT_DOMAINS)).containsExactly(atHost);
    assertThat(vault.findByWebsite(name, WITH_PARENT_DOMAINS)).containsExactly(atName);
    assertThat(vault.findByWebsite(app, WITH_PARENT_DOMAINS)).containsExactly(atApp);
  }

  @Test
  void namesAreFoundInEverySpelling() {
    Vault vault = newVault();
    CredentialSummary summary = add(vault, Website.named("Caf\u00e9 at the Corner"));

    assertThat(vault.findByWebsite(Website.named("CAFE\u0301 AT THE CORNER"), EXACT))
        .containsExactly(summary);
  }

  @Test
  void onlyTheOwnVaultIsSearched() {
    Vault vault = newVault();
    newVault().add(Given.login("github.com", "tahir"));

    assertThat(vault.findByWebsite(Website.of("github.com"), EXACT)).isEmpty();
  }

  private static CredentialSummary add(Vault vault, Website website) {
    return vault
        .add(Given.login("github.com", "tahir").toBuilder().website(website).build())
        .summary();
  }
}
