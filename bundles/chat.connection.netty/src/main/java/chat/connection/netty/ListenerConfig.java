// SPDX-License-Identifier: Apache-2.0
package chat.connection.netty;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One listener. */
@ObjectClassDefinition(name = "A port that clients connect to")
@interface ListenerConfig {
  @AttributeDefinition(description = "Name of this listener in the log and in status")
  String name() default "native";

  @AttributeDefinition(
      description = "Address to listen on; 0.0.0.0 for all, 127.0.0.1 for this machine")
  String host() default "0.0.0.0";

  @AttributeDefinition(min = "0", max = "65535", description = "Port; 0 for any free one")
  int port() default 7667;

  @AttributeDefinition(description = "Names of the wire formats spoken here")
  String[] formats() default {"cbor"};

  @AttributeDefinition(description = "TLS 1.3; without it, host must be a loopback address")
  boolean tls() default true;

  @AttributeDefinition(
      description =
          "Allows tls=false on other addresses than loopback: everybody on the way can read along")
  boolean plainForAll() default false;

  @AttributeDefinition(description = "PEM file of your own certificate chain; empty: self-signed")
  String certificate() default "";

  @AttributeDefinition(description = "PEM file of its private key (PKCS #8)")
  String key() default "";

  @AttributeDefinition(min = "1", max = "1000000", description = "Most connections at a time")
  int connections() default 10_000;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description = "Most connections at a time from one address")
  int connectionsPerAddress() default 1_000;

  @AttributeDefinition(
      min = "1",
      max = "1000000",
      description = "Most new connections from one address in ten seconds")
  int acceptsPerAddress() default 500;

  @AttributeDefinition(
      min = "0",
      max = "65536",
      description =
          "For clients that take each read for one frame: bytes of a frame, each of which is then"
              + " written by itself; 0 for all others")
  int frameBytes() default 0;

  @AttributeDefinition(
      min = "0",
      max = "1000",
      description = "Milliseconds between two such frames to one client")
  int framePauseMillis() default 2;
}
