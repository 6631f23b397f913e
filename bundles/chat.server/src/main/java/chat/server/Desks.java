// SPDX-License-Identifier: Apache-2.0
package chat.server;

/** Who deals with which commands. */
record Desks(
    DoorDesk door,
    RoomDesk rooms,
    MessageDesk messages,
    FileDesk files,
    MemberDesk members,
    PeopleDesk people,
    SearchDesk search,
    FarewellDesk farewell) {

  static Desks of(Services services) {
    Gate gate = new Gate(services);
    Reading reading = new Reading(services);
    MemberDesk members = new MemberDesk(services, gate);
    MessageDesk messages = new MessageDesk(services, gate, reading);
    return new Desks(
        new DoorDesk(services),
        new RoomDesk(services, gate, reading),
        messages,
        new FileDesk(services, gate, reading, messages),
        members,
        new PeopleDesk(services, gate, members),
        new SearchDesk(services, gate, reading),
        new FarewellDesk(services, gate));
  }
}
