// SPDX-License-Identifier: Apache-2.0
package chat.desktop.model.app;

import chat.client.ClientEvent;
import chat.protocol.Availability;
import chat.protocol.Contact;
import chat.protocol.Person;
import chat.protocol.PresenceStatus;
import chat.protocol.Relation;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Who is here and how much, and with whom there is something. */
public final class People {
  private static final Comparator<Person> BY_NAME =
      Comparator.comparing(Person::shown, String.CASE_INSENSITIVE_ORDER)
          .thenComparingLong(Person::account);

  private final Map<Long, Person> online = new HashMap<>();
  private final TreeSet<Person> sorted = new TreeSet<>(BY_NAME);
  private final Map<Long, Availability> statuses = new HashMap<>();
  private final Map<Long, Contact> contacts = new HashMap<>();
  private boolean isKnown;

  void enter(List<Person> here, List<PresenceStatus> notSimply, List<Contact> known) {
    online.clear();
    sorted.clear();
    statuses.clear();
    contacts.clear();
    here.forEach(this::came);
    notSimply.forEach(this::stands);
    known.forEach(this::contact);
    isKnown = true;
  }

  /** The connection is lost: who is here is not known until the next entering. */
  void lost() {
    isKnown = false;
  }

  /** Whether it is known who is here. */
  public boolean isKnown() {
    return isKnown;
  }

  /** Takes in who came, who went, and who is here in another way. */
  void told(ClientEvent.Presence presence) {
    presence.went().forEach(this::went);
    presence.came().forEach(this::came);
    presence.statuses().forEach(this::stands);
  }

  private void came(Person person) {
    Person before = online.put(person.account(), person);
    if (before != null) {
      sorted.remove(before);
    }
    sorted.add(person);
  }

  private void went(Person person) {
    Person before = online.remove(person.account());
    if (before != null) {
      statuses.remove(person.account());
      sorted.remove(before);
    }
  }

  private void stands(PresenceStatus status) {
    statuses.put(status.account(), status.availability());
  }

  void contact(Contact contact) {
    if (contact.relation() == Relation.NONE && !contact.blocked()) {
      contacts.remove(contact.person().account());
    } else {
      contacts.put(contact.person().account(), contact);
    }
  }

  /** Everybody who is here, or was when that was known last, by name. */
  public Collection<Person> online() {
    return Collections.unmodifiableCollection(sorted);
  }

  public boolean isOnline(Person person) {
    return online.containsKey(person.account());
  }

  /** How much somebody is here; empty if not at all. */
  public Optional<Availability> availability(long account) {
    return isKnown && online.containsKey(account)
        ? Optional.of(statuses.getOrDefault(account, Availability.ONLINE))
        : Optional.empty();
  }

  /** Those who stand so to this account, by name. */
  public List<Contact> contacts(Relation relation) {
    return contacts.values().stream()
        .filter(contact -> contact.relation() == relation)
        .sorted(Comparator.comparing(Contact::person, BY_NAME))
        .toList();
  }

  /** Everybody with whom there is something, by name. */
  List<Contact> contacts() {
    return contacts.values().stream()
        .sorted(Comparator.comparing(Contact::person, BY_NAME))
        .toList();
  }

  /** How it stands with somebody. */
  public Relation relation(long account) {
    Contact contact = contacts.get(account);
    return contact == null ? Relation.NONE : contact.relation();
  }

  /** Whether this account has blocked somebody. */
  public boolean blocked(long account) {
    Contact contact = contacts.get(account);
    return contact != null && contact.blocked();
  }
}
