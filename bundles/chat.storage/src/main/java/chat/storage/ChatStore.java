// SPDX-License-Identifier: Apache-2.0
package chat.storage;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One store of everything the chat keeps.
 *
 * <p><b>Life.</b> A store is <i>opened</i> by whoever makes it: that only reads (version, quick
 * check, one row) and changes nothing, so that a store can stand ready beside the active one on the
 * same data. {@link #activate} makes it the one that may be written; {@link #retire} ends that
 * durably, whoever holds the data. {@link #close} lets go of it without changing its state.
 *
 * <p><b>Copies.</b> {@link #receive} makes a store that is not the truth a copy in the making,
 * which {@link #restore} fills verbatim, and which a later {@link #activate} makes the truth.
 * {@link #streams}, {@link #cells(CellKey, int)} and {@link #blobs} list all that there is to copy.
 *
 * <p><b>Threads.</b> Every method blocks and may be called from any thread. {@link #commit}, {@link
 * #activate}, {@link #retire}, {@link #receive} and {@link #restore} are called by one thread at a
 * time; reads, {@link #stage} and {@link #discard} run beside them, at most {@link #readers()} at a
 * time.
 *
 * <p><b>Errors.</b> {@link StorageException} and its kinds; anything else is a fault of the store.
 */
@ConsumerType
public interface ChatStore extends AutoCloseable {

  /** The most rows that one read returns; a larger limit is an {@link IllegalArgumentException}. */
  int MAX_ROWS = 200;

  /** The most bytes of a blob that one call stages or reads. */
  int MAX_PIECE = 1 << 20;

  /** The most tokens of an entry. */
  int MAX_TOKENS = 512;

  /** The most tokens of a search. */
  int MAX_SEARCHED = 64;

  /** What stands behind this store, for the operator: engine, its version and where the data is. */
  String description();

  /** How many reads may run at a time; at least 1, fixed for the life of the store. */
  int readers();

  /** Who this store is and whether it may be written; empty for a store that holds nothing yet. */
  Optional<StoreState> state() throws StorageException;

  /**
   * Makes this store the active one under a new generation: brings its schema up to date, sweeps
   * blobs that no change committed, starts background work. On return the state is durable. The
   * caller sees to it that no other store of this data is being written.
   *
   * @param id the id the store has, or the one it gets if it is new
   * @param generation greater than the one it has
   * @throws StorageException.Fenced if the store has another id, is retired (it has to {@link
   *     #receive} first what it missed), or has this or a later generation already
   */
  void activate(UUID id, long generation) throws StorageException;

  /**
   * Ends this store's time as the truth, durably: from now on every commit is refused, by this
   * object and by any other on the same data. A store that was only opened can be retired too, and
   * doing it again with the same successor changes nothing.
   *
   * @param successor the store that took over, for a start after a crash to follow
   * @throws StorageException.Fenced if the store holds nothing yet, is a copy in the making, was
   *     retired in favour of another one, or is active in a later generation than that of this
   *     object
   */
  void retire(StoreState.Successor successor) throws StorageException;

  /**
   * Makes this store a copy in the making, durably: brings its schema up to date, as {@link
   * #activate} does, and keeps what it holds. From now on nothing but {@link #restore}, {@link
   * #stage} and {@link #discard} of this object changes it, until it is activated. A store that is
   * new, retired or a copy in the making can be one; its generation stays what it was (0 if new).
   *
   * @param id the id the store has, or the one it gets if it is new
   * @param source the store that is copied
   * @throws StorageException.Fenced if the store has another id, or is active
   */
  void receive(UUID id, UUID source) throws StorageException;

  /**
   * Takes rows as they are, numbers, times and versions included, in one durable transaction.
   *
   * @throws IllegalArgumentException if an entry is not the next one of its stream, or a blob is
   *     not staged in full length; nothing of the part was taken then
   * @throws StorageException.Fenced if this object did not {@link #receive}, or the store is no
   *     copy in the making any more
   */
  void restore(Part part) throws StorageException;

  /**
   * Applies changes in order in one transaction. On return the batch is on disk; each change sees
   * what those before it did and has one outcome of its own. A refusal leaves no trace and does not
   * touch its neighbours. If this throws, nothing of the batch was applied, unless the exception is
   * {@link StorageException.Uncertain}.
   *
   * <p>A change whose entry has an (author, id) that the store knows is not applied again: {@link
   * Outcome.Repeated} if stream, kind, hash and about are the same, else {@link Outcome.Refused}
   * with {@link Outcome.Reason#ID_TAKEN}. This is decided before the conditions are looked at, so
   * that a repeat gets the answer it got the first time. After the conditions it is decided what
   * the entry is about, and last whether the blobs are whole.
   *
   * <p>Time is the store's clock in UTC milliseconds, never earlier than that of the stream's head.
   *
   * @param generation the generation under which the caller activated this store
   * @return as many outcomes as changes, in the same order
   * @throws StorageException.Fenced if the store is not active in just this generation, or it was
   *     another object that was activated in it
   */
  List<Outcome> commit(long generation, List<Change> changes) throws StorageException;

  /** The ends and the rolling digest of a stream; {@link StreamState#EMPTY} if nothing is in it. */
  StreamState stream(long stream) throws StorageException;

  /**
   * The rows with numbers greater than {@code number}, ascending. A row that is damaged or missing
   * below the head comes as {@link Row.Damaged} in its place, never as something good and never
   * silently left out.
   */
  List<Row> after(long stream, long number, int limit) throws StorageException;

  /** The rows with numbers less than {@code number}, descending; damage as in {@link #after}. */
  List<Row> before(long stream, long number, int limit) throws StorageException;

  /** The entries of one kind with numbers less than {@code number}, descending. */
  List<Row> before(long stream, int kind, long number, int limit) throws StorageException;

  /**
   * The entries that are about one with a number from {@code first} to {@code last}, and whose own
   * numbers are greater than {@code after}, ascending. One whose envelope is damaged may be left
   * out: nobody knows what it was about.
   */
  List<Row> about(long stream, long first, long last, long after, int limit)
      throws StorageException;

  /**
   * The entries that carry all of these tokens, with numbers less than {@code before}, descending.
   * What was erased is not found. One that is damaged comes as {@link Row.Damaged} or is left out.
   *
   * @param tokens 1 to {@link #MAX_SEARCHED}, else an {@link IllegalArgumentException}
   */
  List<Row> search(long stream, Collection<Long> tokens, long before, int limit)
      throws StorageException;

  /**
   * How many entries of these kinds that are not erased have numbers greater than {@code after} and
   * another author than {@code notBy}. Counting stops at the limit.
   *
   * @param limit at least 1, else an {@link IllegalArgumentException}
   */
  int count(long stream, Set<Integer> kinds, long notBy, long after, int limit)
      throws StorageException;

  /** The entry that carries this id of this author. */
  Optional<Row> find(long author, UUID id) throws StorageException;

  /**
   * @throws StorageException.Damaged if the cell is there and its checksum does not fit
   */
  Optional<Cell> cell(CellKey key) throws StorageException;

  /** The cells of a space with keys greater than {@code after} in code unit order, ascending. */
  List<Cell> cells(String space, String after, int limit) throws StorageException;

  /** How many cells a space has. */
  long count(String space) throws StorageException;

  /** The streams that have entries, with numbers greater than {@code after}, ascending. */
  List<Long> streams(long after, int limit) throws StorageException;

  /**
   * The cells of all spaces behind {@code after}, in the order of spaces and then keys, both by
   * code units.
   */
  List<Cell> cells(CellKey after, int limit) throws StorageException;

  /**
   * The blobs, staged and committed, with ids behind {@code after} in the order of their text form.
   */
  List<BlobState> blobs(UUID after, int limit) throws StorageException;

  /**
   * Adds a piece to a blob that is not committed yet. Not durable before the change that commits
   * the blob is.
   *
   * @param offset where the piece belongs: the length staged so far; a smaller one cuts the staged
   *     bytes off there first, a larger one is an {@link IllegalArgumentException}
   * @return the length staged now
   * @throws StorageException.Fenced if the blob is committed already, or this object is neither the
   *     active one nor the one that receives
   */
  long stage(UUID blob, long offset, byte[] piece) throws StorageException;

  /** How many bytes of a blob are staged or committed; 0 if it is unknown. */
  long length(UUID blob) throws StorageException;

  /** Forgets the staged bytes of a blob; a committed blob stays. Fenced as {@link #stage} is. */
  void discard(UUID blob) throws StorageException;

  /**
   * Bytes of a staged or committed blob: {@code length} of them, or fewer at its end.
   *
   * @throws StorageException.Damaged if the blob is committed and its bytes are gone or cut short
   */
  byte[] blob(UUID blob, long offset, int length) throws StorageException;

  /** Waits for running calls, then lets go of files and connections. Closing twice is fine. */
  @Override
  void close();
}
