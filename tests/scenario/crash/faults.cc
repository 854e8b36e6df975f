#include "tests/scenario/crash/faults.h"

#include "tests/scenario/crash/matrix.h"

#include <gtest/gtest.h>
#include <sys/mount.h>

#include <array>
#include <atomic>
#include <csignal>
#include <fstream>
#include <thread>

namespace purser::gateway {
namespace {

using std::chrono::milliseconds;

constexpr int exit_environment = 3;          // of the command line: something around it is wrong
constexpr milliseconds target_timeout{500};  // as the test configures it

void kill(Victim& victim) {
  victim.server.kill();
  victim.restart();
}

void stop(Victim& victim) {
  victim.server.signal(SIGSTOP);
  std::this_thread::sleep_for(target_timeout * 3);  // what is on its way out times out meanwhile
  victim.server.signal(SIGCONT);
}

// Written until nothing fits, held for a while, then removed.
void fill_disk(Victim& victim) {
  const std::string filler = victim.data + "/filler";
  std::ofstream out(filler, std::ios::binary);
  const std::string piece(1 << 16, 'x');
  while (out.write(piece.data(), static_cast<std::streamsize>(piece.size())).flush()) {
  }
  out.close();
  std::this_thread::sleep_for(milliseconds(700));
  ::remove(filler.c_str());
}

// Started on a folder it cannot write to it must say so and end, and not pretend to serve.
void make_read_only(Victim& victim) {
  victim.server.kill();
  ::mount(nullptr, victim.data.c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr);
  EXPECT_EQ(victim.start_in_vain(), exit_environment);
  ::mount(nullptr, victim.data.c_str(), nullptr, MS_REMOUNT, nullptr);
  victim.restart();
}

// In the middle of whatever is being written: the process is stopped first, so that it answers nobody in between.
void lose_power(Victim& victim) {
  victim.server.signal(SIGSTOP);
  victim.disk->lose_power();
  victim.server.kill();
  ASSERT_TRUE(victim.disk->power_again());
  victim.restart();
}

bool one_in(unsigned some) {
  static std::atomic<unsigned> count{0};
  return count++ % some == 0;
}

Receiver::Reply fail_now_and_then(const Receiver::Request&) {
  if (one_in(20)) return {.code = 503, .headers = "Retry-After: 0\r\n", .drop = false};
  return {};
}

using enum Fault::Disk;
constexpr std::array all = {
    Fault{"killed", "`kill -9`, and started again", any, kill, nullptr},
    Fault{"stopped", "SIGSTOP for three times the target's timeout, then SIGCONT", any, stop, nullptr},
    Fault{"power-lost", "the data folder's disk loses what was not synced, the server ends with it, and both come back",
          power, lose_power, nullptr},
    Fault{"disk-full", "no room on the data folder's disk for a while", small, fill_disk, nullptr},
    Fault{"read-only", "killed, started on a data folder that is read-only, then on one that is not", small,
          make_read_only, nullptr},
    Fault{"answers-late", "the receiver books, and answers after the timeout", any, nullptr, answer_late},
    Fault{"answer-dropped", "the receiver books, and the connection ends before its answer", any, nullptr,
          drop_the_connection},
    Fault{"receiver-failing", "the receiver answers 503 to every twentieth request", any, nullptr,
          fail_now_and_then},
};

}  // namespace

Receiver::Reply answer_late(const Receiver::Request& /*request*/) {
  if (one_in(60)) std::this_thread::sleep_for(target_timeout + milliseconds(200));
  return {};
}

Receiver::Reply drop_the_connection(const Receiver::Request& /*request*/) {
  return {.code = 200, .headers = {}, .drop = one_in(4)};
}

std::span<const Fault> faults() { return all; }

std::shared_ptr<void> small_disk(const std::string& path) {
  if (::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=256m") != 0) return nullptr;
  return {reinterpret_cast<void*>(1), [path](void*) { ::umount2(path.c_str(), MNT_DETACH); }};
}

}  // namespace purser::gateway
