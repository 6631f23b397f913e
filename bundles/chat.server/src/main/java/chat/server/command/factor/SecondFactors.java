// SPDX-License-Identifier: Apache-2.0
package chat.server.command.factor;

import chat.protocol.Problem;
import chat.server.base.Cells;
import chat.server.base.Refusal;
import chat.server.base.SealException;
import chat.server.base.Seals;
import chat.server.base.TokenBuckets;
import chat.server.room.Account;
import chat.server.session.AuditTrail;
import chat.server.store.StoreAccess;
import chat.storage.Cell;
import chat.storage.Change.CellVersion;
import chat.storage.Change.CellWrite;
import chat.storage.Change.Condition;
import chat.storage.StorageException;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The second factors of accounts, as the store has them. Only who knows the password gets as far as
 * to guess at codes; then an account takes {@value #GUESSES} wrong ones, and one more every two
 * minutes, wherever they come from: one in 400 for each day of guessing. A device that was logged
 * in before is counted by itself, so that nobody can shut its owner out.
 *
 * <p><b>Threads.</b> Those that look at passwords, readers' and operators'; calls wait for the
 * disk.
 */
public final class SecondFactors {
  private static final int GUESSES = 10;
  private static final double PER_SECOND = 1 / 120.0;

  private final StoreAccess access;
  private final Seals seals;
  private final AuditTrail audit;
  private final InstantSource clock;
  private final TokenBuckets<Guesser> guesses = new TokenBuckets<>(GUESSES, PER_SECOND);

  public SecondFactors(StoreAccess access, Seals seals, AuditTrail audit, InstantSource clock) {
    this.audit = audit;
    this.access = access;
    this.seals = seals;
    this.clock = clock;
  }

  /** Who guesses at codes of an account: one of its devices, or anybody else. */
  private record Guesser(long account, boolean isKnown) {}

  /** A second factor, and its cell. */
  record Found(SecondFactor factor, Cell cell) {}

  /** A code that is right: what has to be so when it is used, and what is written then. */
  public record Use(List<Condition> conditions, List<CellWrite> cells) {
    /** Where there is no second factor. */
    public static final Use NONE = new Use(List.of(), List.of());
  }

  Optional<Found> find(long account) throws StorageException, SealException, IOException {
    Optional<Cell> cell =
        access.read((store, generation) -> store.cell(Cells.secondFactor(account)));
    return cell.isEmpty()
        ? Optional.empty()
        : Optional.of(new Found(SecondFactor.of(seals.openCell(cell.get())), cell.get()));
  }

  /**
   * Checks a code.
   *
   * @param isKnown whether it comes from a device that was logged in to the account before
   * @return how it is used up; {@link Use#NONE} if the account has no second factor
   * @throws Refusal if a code is needed, or this one is wrong
   */
  public Use check(Account account, SocketAddress peer, boolean isKnown, String code)
      throws Refusal, StorageException, SealException, IOException {
    Optional<Found> found = find(account.id());
    return found.isEmpty() ? Use.NONE : check(account, peer, isKnown, found.get(), code);
  }

  Use check(Account account, SocketAddress peer, boolean isKnown, Found found, String code)
      throws Refusal {
    if (SecondFactor.normal(code).isEmpty()) {
      throw Refusal.denied(Problem.CODE_REQUIRED, "a code of the authenticator is needed too");
    }
    Guesser guesser = new Guesser(account.id(), isKnown);
    long wait = guesses.take(guesser);
    if (wait > 0) {
      throw Refusal.postponed(Problem.TOO_MANY, "too many wrong codes", wait);
    }
    Optional<SecondFactor> next = found.factor().using(code, clock.instant());
    if (next.isEmpty()) {
      audit.codeFailed(peer, account);
      throw Refusal.denied(Problem.CODE_WRONG, "the code is wrong, or was used");
    }
    guesses.of(guesser).giveBack();
    return new Use(
        List.of(new CellVersion(found.cell().key(), found.cell().version())),
        List.of(seals.write(found.cell().key(), next.get().bytes())));
  }

  /** What sets a second factor in the place of the one that was found. */
  Use replace(long account, Optional<Found> before, SecondFactor next) {
    return new Use(
        List.of(
            new CellVersion(
                Cells.secondFactor(account),
                before.map(found -> found.cell().version()).orElse(0L))),
        List.of(seals.write(Cells.secondFactor(account), next.bytes())));
  }

  /** What takes the second factor of an account away. */
  public static CellWrite removal(long account) {
    return new CellWrite(Cells.secondFactor(account), null);
  }

  Instant now() {
    return clock.instant();
  }

  StoreAccess access() {
    return access;
  }
}
