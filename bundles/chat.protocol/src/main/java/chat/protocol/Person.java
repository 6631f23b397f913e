package chat.protocol;

/** Somebody: the account, which stays, and its name, which can change. */
public record Person(long account, String name) {}
