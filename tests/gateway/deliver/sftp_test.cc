// Against a real sshd of this test's own, on a port of its own.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <pwd.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>
#include <sstream>
#include <thread>

#include "gateway/deliver/transport.h"
#include "tests/gateway/journal/fixture.h"

namespace purser::gateway {
namespace {

/// Runs a program to its end; what it says goes to `output`. False if it fails.
bool run(std::vector<std::string> words, const std::string& output) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
  pid_t child = 0;
  const bool started =
      ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0;
  ::posix_spawn_file_actions_destroy(&actions);
  int status = -1;
  return started && ::waitpid(child, &status, 0) == child && status == 0;
}

std::string content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::uint16_t free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), length);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  ::close(socket);
  return ntohs(address.sin_port);
}

/// An sshd with one key and one folder; ends with this object.
class Sshd {
 public:
  explicit Sshd(const std::string& folder) : folder_(folder), log_(folder + "/sshd.log"), port_(free_port()) {
    for (const char* key : {"host_key", "user_key", "other_key"}) {
      run({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder + "/" + key}, log_);
    }
    std::filesystem::copy(folder + "/user_key.pub", folder + "/authorized_keys");
    if (::geteuid() == 0)
      std::filesystem::create_directories("/run/sshd");  // its privilege separation wants it
    std::ofstream config(folder + "/sshd_config");
    config << "ListenAddress 127.0.0.1\nPort " << port_ << "\nHostKey " << folder << "/host_key\n"
           << "AuthorizedKeysFile " << folder << "/authorized_keys\nStrictModes no\nUsePAM no\n"
           << "PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
           << "PidFile " << folder << "/sshd.pid\nSubsystem sftp internal-sftp\n";
    config.close();
    run({"/usr/sbin/sshd", "-f", folder + "/sshd_config", "-E", log_}, log_);
    for (int i = 0; i < 200 && !std::filesystem::exists(folder + "/sshd.pid"); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  ~Sshd() {
    std::ifstream pid(folder_ + "/sshd.pid");
    pid_t number = 0;
    if (!(pid >> number)) return;
    ::kill(number, SIGTERM);
    for (int i = 0; i < 200 && std::filesystem::exists(folder_ + "/sshd.pid"); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  Sshd(const Sshd&) = delete;
  Sshd& operator=(const Sshd&) = delete;

  [[nodiscard]] std::string host_key() const {
    run({"ssh-keygen", "-l", "-E", "sha256", "-f", folder_ + "/host_key.pub"}, folder_ + "/shown");
    std::istringstream line(content(folder_ + "/shown"));
    std::string bits, fingerprint;
    line >> bits >> fingerprint;
    return fingerprint.substr(std::string("SHA256:").size());
  }
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::string log() const { return content(log_); }

 private:
  std::string folder_, log_;
  std::uint16_t port_;
};

class SftpTest : public ::testing::Test {
 protected:
  SftpTest() {
    std::filesystem::create_directories(folder.path() + "/in box");
    target->name = "bank";
    SftpTarget sftp;
    sftp.host = "127.0.0.1";
    sftp.port = server.port();
    sftp.path = folder.path() + "/in box";
    sftp.user = ::getpwuid(::geteuid())->pw_name;
    sftp.private_key = folder.path() + "/user_key";
    sftp.host_key = server.host_key();
    sftp.allow_private_addresses = true;
    sftp.total_timeout = std::chrono::seconds(10);
    target->where = sftp;
  }
  SftpTarget& sftp() { return std::get<SftpTarget>(target->where); }
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
