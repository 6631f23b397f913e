// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import chat.protocol.Command;
import chat.protocol.Reply;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Which command each task gives, and what follows from its answer. */
final class TaskHandlers implements AdapterCall.Tasks {

  /**
   * @param command made of what is remembered, so that it is the same whenever it is made again
   */
  private record Handler(
      Function<AdapterCall, Command> command, BiConsumer<AdapterCall, Reply> answered) {}

  private static Handler of(Task task) {
    return switch (task) {
      case HELLO -> new Handler(LoginRequests::hello, LoginRequests::welcomed);
      case LOG_IN -> new Handler(LoginRequests::logIn, LoginRequests::loggedIn);
      case LOG_OUT_FIRST -> new Handler(LoginRequests::logOut, LoginRequests::loggedOutFirst);
      case ENTER -> new Handler(LoginRequests::enter, LoginRequests::entered);
      case REGISTER -> new Handler(LoginRequests::register, LoginRequests::registered);
      case PROVE -> new Handler(LoginRequests::prove, LoginRequests::proved);
      case LEAVE -> new Handler(LoginRequests::logOut, LoginRequests::left);
      case POST -> new Handler(MessageRequests::post, MessageRequests::posted);
      case FIND_RECEIVER ->
          new Handler(MessageRequests::findReceiver, MessageRequests::receiverFound);
      case MEET -> new Handler(MessageRequests::meet, MessageRequests::met);
      case POST_PRIVATELY ->
          new Handler(MessageRequests::postPrivately, MessageRequests::postedPrivately);
      case HISTORY -> new Handler(ListRequests::history, ListRequests::historyRead);
      case FILES -> new Handler(ListRequests::files, ListRequests::filesRead);
      case FIND_PARTNER -> new Handler(ListRequests::findPartner, ListRequests::partnerFound);
      case PRIVATE_HISTORY ->
          new Handler(ListRequests::privateHistory, ListRequests::privateHistoryRead);
      case SEEK_FILE -> new Handler(DownloadRequests::seek, DownloadRequests::sought);
      case FETCH -> new Handler(DownloadRequests::fetch, DownloadRequests::fetched);
      case FIND_FRIEND -> new Handler(FriendRequests::find, FriendRequests::found);
      case APPROACH -> new Handler(FriendRequests::approach, FriendRequests::approached);
      case OFFER -> new Handler(UploadRequests::offer, UploadRequests::offered);
      case CHUNK -> new Handler(UploadRequests::chunk, UploadRequests::chunkTaken);
      case WITHDRAW -> new Handler(UploadRequests::withdraw, UploadRequests::withdrawn);
    };
  }

  @Override
  public Command command(Task task, AdapterCall turn) {
    return of(task).command().apply(turn);
  }

  @Override
  public void answered(Task task, AdapterCall turn, Reply reply) {
    of(task).answered().accept(turn, reply);
  }
}
