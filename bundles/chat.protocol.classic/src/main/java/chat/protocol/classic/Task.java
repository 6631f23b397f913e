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
  HELLO(LoginRequests::hello, LoginRequests::welcomed),
  LOG_IN(LoginRequests::logIn, LoginRequests::loggedIn),
  /** Somebody is logged in, though the client does not know. */
  LOG_OUT_FIRST(LoginRequests::logOut, LoginRequests::loggedOutFirst),
  ENTER(LoginRequests::enter, LoginRequests::entered),
  REGISTER(LoginRequests::register, LoginRequests::registered),
  /** The name is taken, perhaps by this very request before an exchange. */
  PROVE(LoginRequests::prove, LoginRequests::proved),
  /** A registration does not log in. */
  LEAVE(LoginRequests::logOut, LoginRequests::left),

  POST(MessageRequests::post, MessageRequests::posted),
  FIND_RECEIVER(MessageRequests::findReceiver, MessageRequests::receiverFound),
  MEET(MessageRequests::meet, MessageRequests::met),
  POST_PRIVATELY(MessageRequests::postPrivately, MessageRequests::postedPrivately),

  HISTORY(ListRequests::history, ListRequests::historyRead),
  FILES(ListRequests::files, ListRequests::filesRead),
  FIND_PARTNER(ListRequests::findPartner, ListRequests::partnerFound),
  PRIVATE_HISTORY(ListRequests::privateHistory, ListRequests::privateHistoryRead),

  SEEK_FILE(DownloadRequests::seek, DownloadRequests::sought),
  FETCH(DownloadRequests::fetch, DownloadRequests::fetched),

  FIND_FRIEND(FriendRequests::find, FriendRequests::found),
  APPROACH(FriendRequests::approach, FriendRequests::approached),

  OFFER(UploadRequests::offer, UploadRequests::offered),
  CHUNK(UploadRequests::chunk, UploadRequests::chunkTaken),
  WITHDRAW(UploadRequests::withdraw, UploadRequests::withdrawn);

  private final Function<AdapterCall, Command> command;
  private final BiConsumer<AdapterCall, Reply> answered;

  Task(Function<AdapterCall, Command> command, BiConsumer<AdapterCall, Reply> answered) {
    this.command = command;
    this.answered = answered;
  }

  Command command(AdapterCall turn) {
    return command.apply(turn);
  }

  void answered(AdapterCall turn, Reply reply) {
    answered.accept(turn, reply);
  }
}
