// Against a real sshd.
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "gateway/deliver/transport.h"
#include "tests/gateway/deliver/sshd.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

class SftpTest : public ::testing::Test {
 protected:
  SftpTest() {
    std::filesystem::create_directories(folder.path() + "/in box");
    target->name = "bank";
    SftpTarget sftp;
    sftp.server = server.login(folder.path() + "/in box");
    target->where = sftp;
  }
  SftpServer& sftp() { return std::get<SftpTarget>(target->where).server; }
  Receipt send(std::int64_t id, std::string bytes) {
    Shipment shipment;
    shipment.delivery.id = {id};
    shipment.delivery.type = DocumentType::invoice;
    shipment.bytes = std::move(bytes);
    shipment.extension = ".edi";
    std::promise<Receipt> promise;
    transport->send(target, std::move(shipment),
                    [&](Receipt receipt) { promise.set_value(std::move(receipt)); });
    return promise.get_future().get();
  }
  std::vector<std::string> names() {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path() + "/in box"))
      out.push_back(entry.path().filename());
    return out;
  }

  TemporaryFolder folder;
  Sshd server{folder.path()};
  std::shared_ptr<Target> target = std::make_shared<Target>();
  std::unique_ptr<Transport> transport = make_network_transport();
};

TEST_F(SftpTest, AFileIsThereWholeAndOnce) {
  const std::string large(3 << 20, 'x');
  for (const std::string& bytes : {std::string("UNA:+.? '"), large}) {
    const Receipt receipt = send(7, bytes);
    ASSERT_FALSE(receipt.what) << receipt.code << " " << receipt.detail << "\n" << server.log();
    ASSERT_EQ(names(), std::vector{"invoice-" + text(DeliveryId{7}) + ".edi"}) << "a repeat replaces it";
    EXPECT_EQ(content(folder.path() + "/in box/" + names().front()), bytes);
  }
}

TEST_F(SftpTest, AnotherServersKeyIsDenied) {
  sftp().host_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
  const Receipt receipt = send(7, "x");
  EXPECT_EQ(receipt.what, StatusClass::denied) << receipt.detail;
  EXPECT_EQ(receipt.code, "DELIVER-0013");
  EXPECT_TRUE(names().empty());
}

TEST_F(SftpTest, AnotherUsersKeyIsDenied) {
  sftp().private_key = folder.path() + "/other_key";
  const Receipt receipt = send(7, "x");
  EXPECT_EQ(receipt.what, StatusClass::denied) << receipt.detail;
  EXPECT_EQ(receipt.code, "DELIVER-0012");
}

TEST_F(SftpTest, AMissingFolderIsTriedAgainLater) {
  sftp().path = folder.path() + "/nowhere";
  const Receipt receipt = send(7, "x");
  EXPECT_EQ(receipt.what, StatusClass::unavailable) << receipt.detail;
  EXPECT_EQ(receipt.code, "DELIVER-0008");
}

TEST_F(SftpTest, InsideIsRefusedUnlessMeant) {
  sftp().allow_private_addresses = false;
  EXPECT_EQ(send(7, "x").code, "DELIVER-0007");
}

}  // namespace
}  // namespace purser::gateway
