package chat.server;

/** Who deals with which commands. */
record Desks(DoorDesk door, RoomDesk rooms, FileDesk files) {}
