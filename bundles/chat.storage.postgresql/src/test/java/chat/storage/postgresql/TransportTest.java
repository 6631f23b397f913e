// SPDX-License-Identifier: Apache-2.0
package chat.storage.postgresql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example.org/chat",
        "jdbc:postgresql://db.example.org:5432/chat?sslmode=prefer",
        "jdbc:postgresql://10.0.0.7/chat?sslmode=disable",
        "jdbc:postgresql://localhost,db.example.org/chat",
        "jdbc:postgresql://127.0.0.1.example.org/chat",
      })
  void anotherMachineWithoutTlsIsWarnedOf(String url) {
    assertTrue(Transport.warning(url).contains("sslmode=verify-full"), url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example.org/chat?sslmode=verify-full",
        "jdbc:postgresql://db.example.org/chat?sslmode=require",
        "jdbc:postgresql://db.example.org/chat?ssl=true",
        "jdbc:postgresql://localhost/chat",
        "jdbc:postgresql://127.0.0.1:5433/chat",
        "jdbc:postgresql://[::1]/chat",
        "jdbc:postgresql:chat",
      })
  void thisMachineOrTlsIsNot(String url) {
    assertEquals("", Transport.warning(url));
  }
}
