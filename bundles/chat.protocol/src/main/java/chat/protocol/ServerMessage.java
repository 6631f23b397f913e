package chat.protocol;

/** What a server says: an answer, or something unasked. */
public sealed interface ServerMessage permits Reply, Event {}
