// SPDX-License-Identifier: Apache-2.0
package chat.server;

import chat.operations.AuditLog;
import chat.operations.ImportOperations;
import chat.operations.ImportOutcome;
import chat.operations.OperationException;
import java.util.List;

/** Imports into the server that is at work. */
record LiveImportOperations(WorkingServer working, AuditLog audit) implements ImportOperations {

  @Override
  public List<ImportOutcome> people(List<Person> people) throws OperationException {
    ChatServer server = working.get();
    List<ImportOutcome> outcomes = WorkingServer.stored(() -> server.importer().people(people));
    long fresh = outcomes.stream().filter(ImportOutcome.Imported.class::isInstance).count();
    if (fresh > 0) {
      audit.record("import", fresh + " people");
    }
    return outcomes;
  }

  @Override
  public List<ImportOutcome> friendships(List<Friendship> friendships) throws OperationException {
    ChatServer server = working.get();
    return WorkingServer.stored(() -> server.importer().friendships(friendships));
  }

  @Override
  public List<ImportOutcome> texts(List<Text> texts) throws OperationException {
    ChatServer server = working.get();
    return WorkingServer.stored(() -> server.importer().texts(texts));
  }

  @Override
  public ImportOutcome file(SharedFile file) throws OperationException {
    ChatServer server = working.get();
    return WorkingServer.stored(() -> server.importer().file(file));
  }

  @Override
  public List<ImportOutcome> order(List<Placement> placements) throws OperationException {
    ChatServer server = working.get();
    return WorkingServer.stored(() -> server.importer().order(placements));
  }

  @Override
  public List<ImportOutcome> markRead(List<String> names) throws OperationException {
    ChatServer server = working.get();
    return WorkingServer.stored(() -> server.importer().markRead(names));
  }
}
