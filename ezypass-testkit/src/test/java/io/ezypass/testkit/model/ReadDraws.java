package io.ezypass.testkit.model;

import io.ezypass.health.HealthOptions;
import io.ezypass.model.AuditRange;
import io.ezypass.model.CredentialFilter;
import io.ezypass.model.Page;
import io.ezypass.model.PageRequest;
import io.ezypass.model.PageToken;
import io.ezypass.model.SearchQuery;
import io.ezypass.model.UserId;
import io.ezypass.model.Website;
import io.ezypass.model.WebsiteMatch;
import io.ezypass.testkit.model.Side.Party;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls that read a vault. */
final class ReadDraws {
  private static final List<String> SEARCHES = List.of("bank", "tahir", "a", "exam", "été work");
  private static final List<String> TOKENS = List.of("t1", "t2", "t3");

  /** What gives page tokens. */
  private enum Listing {
    VAULT,
    FAVOURITES,
    TRASH,
    GIVEN,
    RECEIVED,
    AUDIT,
    USERS
  }

  /** Where a token is from. */
  private record Origin(Listing listing, UserId owner) {
    Page<?> page(Party party, PageRequest page) {
      return switch (listing) {
        case VAULT -> party.vault(owner).list(page);
        case FAVOURITES -> party.vault(owner).filter(CredentialFilter.favourites(), page);
        case TRASH -> party.vault(owner).trash().list(page);
        case GIVEN -> party.vault(owner).sharing().given(page);
        case RECEIVED -> party.vault(owner).sharing().received(page);
        case AUDIT -> party.vault(owner).audit().list(AuditRange.all(), page);
        case USERS -> party.repository().listUsers(page);
      };
    }
  }

  private final Map<String, Origin> origins = new HashMap<>();
  private final World world;

  ReadDraws(World world) {
    this.world = world;
  }

  Call open() {
    UserId owner = world.member();
    return Call.bag("open " + owner, party -> party.vault(owner).open());
  }

  Call list() {
    UserId owner = world.member();
    int limit = limit();
    return Call.bag(
        "list " + owner + " by " + limit, party -> Pages.all(party.vault(owner)::list, limit));
  }

  Call credentials() {
    UserId owner = world.member();
    return Call.bag("credentials of " + owner, party -> party.vault(owner).credentials().toList());
  }

  Call findByWebsite() {
    UserId owner = world.member();
    Website website = world.any(Contents.WEBSITES);
    WebsiteMatch match = world.any(List.of(WebsiteMatch.values()));
    return Call.bag(
        "find " + website.written() + " " + match + " of " + owner,
        party -> party.vault(owner).findByWebsite(website, match));
  }

  Call filter() {
    UserId owner = world.member();
    CredentialFilter filter =
        world.once(2) ? CredentialFilter.favourites() : CredentialFilter.everything();
    if (world.once(2)) {
      filter = filter.andTag(world.any(Contents.TAGS));
    }
    if (world.once(3)) {
      filter = filter.andWebsiteKind(world.any(List.of(Website.Kind.values())));
    }
    CredentialFilter asked = filter;
    int limit = limit();
    return Call.bag(
        "filter " + owner + " by " + limit,
        party -> Pages.all(page -> party.vault(owner).filter(asked, page), limit));
  }

  Call search() {
    UserId owner = world.member();
    SearchQuery query = SearchQuery.of(world.any(SEARCHES));
    return new Call(
        "search " + owner + " for " + query.text(),
        party -> party.shown().hits(party.vault(owner).search(query)));
  }

  Call health() {
    UserId owner = world.member();
    return Call.of("health of " + owner, party -> party.vault(owner).health(HealthOptions.reuse()));
  }

  /** Only the fake's tells that something follows: the library may go on behind what has ended. */
  Call keepToken() {
    Origin origin = new Origin(world.any(List.of(Listing.values())), world.member());
    String token = world.any(TOKENS);
    origins.put(token, origin);
    world.tokenIssued();
    return new Call(
        "keep token " + token + " of " + origin,
        party -> {
          party.side().keep(token, origin.page(party, PageRequest.first(1)).next());
          return "a page";
        });
  }

  /** Perhaps on another list, of another user, or too late. */
  Call useToken() {
    String token = world.any(TOKENS);
    Origin origin = origins.get(token);
    Origin used =
        origin == null || world.once(3)
            ? new Origin(world.any(List.of(Listing.values())), world.member())
            : origin;
    boolean given = world.hasToken(token);
    return new Call(
        "use token " + (given ? token : "of nobody") + " on " + used,
        party -> {
          PageToken after = given ? party.side().token(token) : PageToken.of("AAAA");
          used.page(party, PageRequest.after(after, 1));
          return "a page";
        });
  }

  private int limit() {
    return 1 + world.random.nextInt(9);
  }
}
