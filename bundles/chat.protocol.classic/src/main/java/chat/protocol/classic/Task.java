// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Reply;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a request does: one command, made of what is remembered, so that it is the same whenever it
 * is made again; and what follows from its answer.
 */
enum Task {
  HELLO(Door::hello, Door::welcomed),
  LOG_IN(Door::logIn, Door::loggedIn),
  /** Somebody is logged in, though the client does not know. */
  LOG_OUT_FIRST(Door::logOut, Door::loggedOutFirst),
  ENTER(Door::enter, Door::entered),
  REGISTER(Door::register, Door::registered),
  /** The name is taken, perhaps by this very request before an exchange. */
  PROVE(Door::prove, Door::proved),
  /** A registration does not log in. */
  LEAVE(Door::logOut, Door::left),

  POST(Talk::post, Talk::posted),
  FIND_RECEIVER(Talk::findReceiver, Talk::receiverFound),
  MEET(Talk::meet, Talk::met),
  POST_PRIVATELY(Talk::postPrivately, Talk::postedPrivately),

  HISTORY(Lists::history, Lists::historyRead),
  FILES(Lists::files, Lists::filesRead),
  FIND_PARTNER(Lists::findPartner, Lists::partnerFound),
  PRIVATE_HISTORY(Lists::privateHistory, Lists::privateHistoryRead),

  SEEK_FILE(Download::seek, Download::sought),
  FETCH(Download::fetch, Download::fetched),

  FIND_FRIEND(Friends::find, Friends::found),
  APPROACH(Friends::approach, Friends::approached),

  OFFER(Upload::offer, Upload::offered),
  CHUNK(Upload::chunk, Upload::chunkTaken),
  WITHDRAW(Upload::withdraw, Upload::withdrawn);

  private final Function<Turn, Command> command;
  private final BiConsumer<Turn, Reply> answered;

  Task(Function<Turn, Command> command, BiConsumer<Turn, Reply> answered) {
    this.command = command;
    this.answered = answered;
  }

  Command command(Turn turn) {
    return command.apply(turn);
  }

  void answered(Turn turn, Reply reply) {
    answered.accept(turn, reply);
  }
}
