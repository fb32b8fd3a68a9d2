package org.stripeanalytics.identity;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.MultimapBuilder;
import com.google.common.collect.SetMultimap;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.checkerframework.checker.nullness.qual.Nullable;
import org.stripeanalytics.model.intermediate.Identity;

/**
 * Decides which rows of sources are which customers. Rows that were merged or converted into each
 * other form a component, to the end of every chain. Then the rules are tried in their order, and
 * the first that names anybody decides: one customer is the answer, several are none, because a
 * guess would be worse. Nobody is known by a name. The order of the clues does not matter.
 */
final class Resolution {
  /** An address that more have in one table of a source is a mailbox of many people. */
  private static final int MOST_OF_ONE_PERSON = 2;

  /** Before the object of a clue that only says what is the same. */
  static final String LINK = "=";

  private static final String NOTHING = "nothing names a customer";

  private final Map<String, Clue> rows = new TreeMap<>();
  private final SameRows same = new SameRows();
  private final SetMultimap<String, String> components =
      MultimapBuilder.treeKeys().treeSetValues().build();

  /** Customers by what names them: their own id, and that of metadata.user_id. */
  private final SetMultimap<String, String> customersById = sets();

  private final SetMultimap<String, String> customersByRow = sets();
  private final SetMultimap<EmailAddress, String> customersByEmail = sets();
  private final SetMultimap<EmailAddress, String> customersByUntagged = sets();
  private final SetMultimap<String, String> customersByDomain = sets();
  private final SetMultimap<String, String> companiesByDomain = sets();

  /** The persons of a company. */
  private final SetMultimap<String, String> people = sets();

  /** What is known by id or by merge: the customers of each row, and of each address. */
  private final SetMultimap<String, String> known = sets();

  private final SetMultimap<EmailAddress, String> knownByEmail = sets();

  /** The components that have an address. */
  private final SetMultimap<EmailAddress, String> componentsByEmail = sets();

  private final Map<EmailAddress, Boolean> isOfOnePerson = new HashMap<>();

  private Resolution(Iterable<Clue> clues) {
    for (Clue clue : clues) {
      if (clue.getObject().equals(Clue.STRIPE)) {
        addCustomer(clue);
      } else if (clue.getObject().startsWith(LINK)) {
        clue.getSame().forEach(other -> same.unite(clue.getSame().get(0), other));
      } else {
        rows.put(clue.key(), clue);
        clue.getSame().forEach(other -> same.unite(clue.key(), other));
        if (clue.getEmployer() != null) {
          people.put(clue.getEmployer(), clue.key());
        }
      }
    }
    for (String key : rows.keySet()) {
      components.put(same.root(key), key);
      String object = rows.get(key).getObject();
      emails(key).forEach(email -> componentsByEmail.put(email, Clue.key(object, same.root(key))));
    }
    rows.values().stream()
        .filter(Clue::getCompany)
        .forEach(
            row ->
                domain(row).ifPresent(name -> companiesByDomain.put(name, same.root(row.key()))));
  }

  /** The identity of every row of a source, by object and id. */
  static ImmutableList<Identity> of(Iterable<Clue> clues) {
    return new Resolution(clues).identities();
  }

  private void addCustomer(Clue customer) {
    String id = customer.getId();
    customersById.put(id, id);
    customer.getCustomers().forEach(own -> customersById.put(own, id));
    customer.getSame().forEach(row -> customersByRow.put(row, id));
    for (String text : customer.getEmails()) {
      EmailAddress.parse(text)
          .ifPresent(
              email -> {
                customersByEmail.put(email, id);
                customersByUntagged.put(email.withoutTag(), id);
                if (email.isOfCompany()) {
                  customersByDomain.put(email.domain(), id);
                }
              });
    }
  }

  private ImmutableList<Identity> identities() {
    Map<String, Identity> found = new TreeMap<>();
    for (Collection<String> component : components.asMap().values()) {
      byId(component, found);
    }
    for (Collection<String> component : components.asMap().values()) {
      if (!found.containsKey(component.iterator().next())) {
        byAddress(component, found);
      }
    }
    for (Collection<String> component : components.asMap().values()) {
      if (NOTHING.equals(found.get(component.iterator().next()).getReason())) {
        byPeople(component, found);
      }
    }
    return ImmutableList.copyOf(found.values());
  }

  /** Who is named, in a component of which any row names somebody. */
  private void byId(Collection<String> component, Map<String, Identity> found) {
    Set<String> all = new TreeSet<>();
    Map<String, Set<String>> own = new HashMap<>();
    for (String key : component) {
      Set<String> named = new TreeSet<>(customersByRow.get(key));
      rows.get(key).getCustomers().forEach(id -> named.addAll(customersById.get(id)));
      own.put(key, named);
      all.addAll(named);
    }
    if (all.size() > 1) {
      unresolved(component, all.size() + " customers are named by id", found);
    } else if (all.size() == 1) {
      String customer = all.iterator().next();
      for (String key : component) {
        String rule = own.get(key).isEmpty() ? "merged" : "explicit_id";
        found.put(key, identity(key, customer, rule, null, component));
        known.put(key, customer);
        emails(key).forEach(email -> knownByEmail.put(email, customer));
      }
    }
  }

  private void byAddress(Collection<String> component, Map<String, Identity> found) {
    // An address of Stripe's is as good in any row of what was merged.
    Set<String> exact = new TreeSet<>();
    Set<String> shared = new TreeSet<>();
    Set<String> untagged = new TreeSet<>();
    for (String key : component) {
      for (EmailAddress email : emails(key)) {
        exact.addAll(customersByEmail.get(email));
        if (isOfOnePerson(email)) {
          shared.addAll(knownByEmail.get(email));
        }
        untagged.addAll(customersByUntagged.get(email.withoutTag()));
      }
    }
    Map<String, Set<String>> rules = new LinkedHashMap<>();
    rules.put("email", exact);
    rules.put("known_email", shared);
    rules.put("email_without_tag", untagged);
    rules.put("company", ofEmployers(component));
    rules.put("domain", ofDomains(component));
    for (Map.Entry<String, Set<String>> rule : rules.entrySet()) {
      Set<String> customers = rule.getValue();
      if (customers.size() == 1) {
        resolved(component, customers.iterator().next(), rule.getKey(), found);
        return;
      }
      if (customers.size() > 1) {
        unresolved(
            component, "%d customers by %s".formatted(customers.size(), rule.getKey()), found);
        return;
      }
    }
    unresolved(component, NOTHING, found);
  }

  /** A company is the customer that its people are, if all who are known are the same one. */
  private void byPeople(Collection<String> component, Map<String, Identity> found) {
    List<String> customers =
        component.stream()
            .flatMap(key -> people.get(key).stream())
            .map(person -> found.get(person).getCustomerId())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (customers.size() == 1) {
      resolved(component, customers.get(0), "people", found);
    } else if (customers.size() > 1) {
      unresolved(component, customers.size() + " customers by people", found);
    }
  }

  private boolean isOfOnePerson(EmailAddress email) {
    return !email.isOfRole() && isOfOnePerson.computeIfAbsent(email, this::hasFewRows);
  }

  private boolean hasFewRows(EmailAddress email) {
    Map<String, Long> byObject =
        componentsByEmail.get(email).stream()
            .collect(groupingBy(key -> key.substring(0, key.indexOf(':')), counting()));
    return byObject.values().stream().allMatch(count -> count <= MOST_OF_ONE_PERSON);
  }

  private Set<String> ofEmployers(Collection<String> component) {
    Set<String> customers = new TreeSet<>();
    for (String key : component) {
      String employer = rows.get(key).getEmployer();
      if (employer != null) {
        customers.addAll(known.get(employer));
      }
    }
    return customers;
  }

  /** A domain tells only if one customer and at most one company have it. */
  private Set<String> ofDomains(Collection<String> component) {
    Set<String> customers = new TreeSet<>();
    for (String key : component) {
      Set<String> domains = new TreeSet<>();
      domain(rows.get(key)).ifPresent(domains::add);
      emails(key).stream()
          .filter(EmailAddress::isOfCompany)
          .map(EmailAddress::domain)
          .forEach(domains::add);
      for (String domain : domains) {
        if (customersByDomain.get(domain).size() == 1
            && companiesByDomain.get(domain).size() <= 1) {
          customers.addAll(customersByDomain.get(domain));
        }
      }
    }
    return customers;
  }

  private void resolved(
      Collection<String> component, String customer, String rule, Map<String, Identity> found) {
    component.forEach(key -> found.put(key, identity(key, customer, rule, null, component)));
  }

  private void unresolved(
      Collection<String> component, String reason, Map<String, Identity> found) {
    component.forEach(key -> found.put(key, identity(key, null, "unresolved", reason, component)));
  }

  private Identity identity(
      String key,
      @Nullable String customer,
      String rule,
      @Nullable String reason,
      Collection<String> component) {
    Clue row = rows.get(key);
    return Identity.builder()
        .setSource(row.getSource())
        .setObject(row.getObject())
        .setSourceId(row.getId())
        .setCustomerId(customer)
        .setRule(rule)
        .setReason(reason)
        .setConfidence(Confidence.of(rule))
        .setComponent(component.iterator().next())
        .build();
  }

  private ImmutableSet<EmailAddress> emails(String key) {
    return rows.get(key).getEmails().stream()
        .map(EmailAddress::parse)
        .flatMap(Optional::stream)
        .collect(ImmutableSet.toImmutableSet());
  }

  private static Optional<String> domain(Clue row) {
    return Optional.ofNullable(row.getDomain())
        .flatMap(EmailAddress::domainOf)
        .filter(name -> new EmailAddress("", name).isOfCompany());
  }

  private static <K> SetMultimap<K, String> sets() {
    return MultimapBuilder.hashKeys().treeSetValues().build();
  }
}
