#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>

#include "canonical/value/text.h"
#include "gateway/deliver/file_name.h"
#include "gateway/deliver/transport.h"
#include "gateway/fetch/address.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

bool is_public(const char* text) {
  sockaddr_storage storage{};
  if (std::strchr(text, ':') == nullptr) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    ::inet_pton(AF_INET, text, &in.sin_addr);
    std::memcpy(&storage, &in, sizeof in);
  } else {
    sockaddr_in6 in{};
    in.sin6_family = AF_INET6;
    ::inet_pton(AF_INET6, text, &in.sin6_addr);
    std::memcpy(&storage, &in, sizeof in);
  }
  return is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

TEST(Address, InsideIsRefused) {
  for (const char* text : {"127.0.0.1",
                           "10.1.2.3",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "169.254.169.254",
                           "100.64.0.1",
                           "0.0.0.0",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::1",
                           "::",
                           "fe80::1",
                           "fd00::1",
                           "::ffff:127.0.0.1",
                           "::ffff:10.0.0.1",
                           "64:ff9b::a00:1",
                           "2002:7f00:1::",
                           "ff02::1",
                           "2001:db8::1"}) {
    EXPECT_FALSE(is_public(text)) << text;
  }
}

TEST(Address, OutsideIsAllowed) {
  for (const char* text : {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8"}) {
    EXPECT_TRUE(is_public(text)) << text;
  }
}

TEST(OneLine, CutsAndCleans) {
  EXPECT_EQ(one_line("a\r\n\tb"), "a b");
  EXPECT_EQ(one_line(std::string(5000, 'x')).size(), Receipt::max_detail);
  for (const char* letter : {"é", "€", "😀"}) {
    std::string text;
    for (std::size_t at = 0; at < 4; ++at) {  // wherever the cut falls
      text = std::string(at, 'x');
      while (text.size() < 2 * Receipt::max_detail) text += letter;
      const std::string cut = one_line(text);
      EXPECT_TRUE(text.starts_with(cut));
      EXPECT_GT(cut.size() + 4, Receipt::max_detail);
      EXPECT_EQ(find_invalid_text(cut), std::string::npos) << letter << at;
    }
  }
}

Shipment shipment(std::int64_t id, std::string bytes) {
  Shipment out;
  out.delivery.id = {id};
  out.delivery.number = "../../etc/passwd";
  out.delivery.type = DocumentType::invoice;
  out.bytes = std::move(bytes);
  out.extension = ".xml";
  return out;
}

TEST(FileName, TakesNothingDangerousFromTheDocument) {
  const std::string_view pattern = "{type}_{number}_{delivery}";
  EXPECT_EQ(file_name_of(pattern, "", shipment(1, "")),
            "invoice_______etc_passwd_" + text(DeliveryId{1}) + ".xml");
  EXPECT_TRUE(file_name_of(pattern, ".edi", shipment(1, "")).ends_with(".edi"));
}

class FolderTest : public ::testing::Test {
 protected:
  Receipt send(Shipment what) {
    std::promise<Receipt> promise;
    transport->send(target, std::move(what), [&](Receipt receipt) { promise.set_value(std::move(receipt)); });
    return promise.get_future().get();
  }
  std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      out.push_back(entry.path().filename());
    return out;
  }
  TemporaryFolder folder;
  std::unique_ptr<Transport> transport = make_folder_transport(2);
  std::shared_ptr<Target> target = [this] {
    auto out = std::make_shared<Target>();
    out->where = FolderTarget{folder.path(), "{delivery}", ""};
    return out;
  }();
};

TEST_F(FolderTest, ARepeatReplacesTheFile) {
  EXPECT_FALSE(send(shipment(7, "first")).what);
  EXPECT_FALSE(send(shipment(7, "first")).what);
  EXPECT_FALSE(send(shipment(8, "other")).what);
  EXPECT_EQ(names().size(), 2U) << "and no temporary name is left";
  std::ifstream file(folder.path() + "/" + text(DeliveryId{7}) + ".xml");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "first");
}

TEST_F(FolderTest, AMissingFolderIsTriedAgainLater) {
  std::get<FolderTarget>(target->where).path = folder.path() + "/none";
  const Receipt receipt = send(shipment(7, "x"));
  EXPECT_EQ(receipt.what, StatusClass::unavailable);
  EXPECT_EQ(receipt.code, "DELIVER-0008");
}

}  // namespace
}  // namespace purser::gateway
