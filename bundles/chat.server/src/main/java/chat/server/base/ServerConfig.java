// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator can set. */
@ObjectClassDefinition(name = "The chat server")
public @interface ServerConfig {
  @AttributeDefinition(description = "Name of this server, shown to people")
  String name() default "Chatroom";

  @AttributeDefinition(
      description = "Who may register: anybody, only who has an invitation, or nobody",
      options = {@Option("open"), @Option("invitation"), @Option("closed")})
  String registration() default "open";

  @AttributeDefinition(
      description = "Whether members may invite others, and not the operator alone")
  boolean membersInvite() default false;

  @AttributeDefinition(description = "Engine of the store that a new server begins with")
  String store() default "sqlite";

  @AttributeDefinition(min = "0", max = "1099511627776", description = "Most bytes of a file")
  long fileBytes() default 50L << 20;

  @AttributeDefinition(
      min = "0",
      max = "1099511627776",
      description = "Bytes of files that one account may send in a day, and at least one file")
  long fileBytesPerDay() default 1L << 30;

  @AttributeDefinition(
      min = "0",
      max = "1099511627776",
      description = "Free bytes on the data folder's disk below which no files are taken")
  long freeDiskBytes() default 256L << 20;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description = "Messages a second that one account may write on the long run")
  int messagesPerSecond() default 5;

  @AttributeDefinition(min = "1", max = "1000000", description = "Messages at once beyond that")
  int messageBurst() default 20;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description =
          "Failed log-ins a minute from one address to one account; forty times as many from one"
              + " address in all")
  int logInsPerMinute() default 3;

  @AttributeDefinition(
      min = "1",
      max = "36500",
      description = "Days without use after which a device has to log in with the password again")
  int sessionDays() default 90;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description = "Connections at a time on which one account is logged in")
  int connectionsPerAccount() default 50;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description =
          "Percent of one processor that the commands of one account may take in the long run;"
              + " whoever takes more is served later")
  int processorPercentPerAccount() default 50;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description = "Registrations in ten minutes from one address")
  int registrationsPerTenMinutes() default 10;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description =
          "The same on the port for original clients, where a whole class may come from one"
              + " address")
  int classicRegistrationsPerTenMinutes() default 60;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description = "Rooms made and people asked in an hour by one account")
  int startsPerHour() default 60;

  @AttributeDefinition(
      min = "0",
      max = "3600",
      description = "Seconds without a connection after which somebody has left")
  int awaySeconds() default 45;
}
