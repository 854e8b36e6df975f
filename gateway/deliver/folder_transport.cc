// Deliveries into folders: a file is there whole or not at all, and once.
#include <fmt/format.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/deliver/file_name.h"
#include "gateway/deliver/transport.h"
#include "gateway/port/file_system.h"
#include "gateway/port/thread_name.h"

namespace purser::gateway {
namespace {

Outcome write_whole(FileSystem& files, const FolderTarget& folder, const Shipment& shipment) {
  const std::string name = file_name_of(folder.file_name, folder.extension, shipment);
  // The dot keeps readers that list the folder away; the delivery id keeps two deliveries apart.
  const std::string temporary = fmt::format("{}/.{}.part", folder.path, text(shipment.delivery.id));
  if (auto removed = files.remove(temporary); !removed) return removed;
  auto file = files.open(temporary, true);
  if (!file) return std::unexpected(file.error());
  if (auto wrote = (*file)->write_at(0, shipment.bytes); !wrote) return wrote;
  if (auto synced = (*file)->sync(); !synced) return synced;
  if (auto renamed = files.rename(temporary, folder.path + "/" + name); !renamed) return renamed;
  return files.sync_directory(folder.path);
}

class FolderTransport final : public Transport {
 public:
  explicit FolderTransport(unsigned threads) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { loop(); });
  }
  FolderTransport(const FolderTransport&) = delete;
  FolderTransport& operator=(const FolderTransport&) = delete;
  ~FolderTransport() override { end(); }

  void send(std::shared_ptr<const Target> target, Shipment shipment, Done done) override {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      waiting_.push_back({std::move(target), std::move(shipment), std::move(done)});
    }
    arrived_.notify_one();
  }

  void close() override { end(); }

 private:
  void end() {  // what is waiting is still written: it is quick, and spares a repeat
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    arrived_.notify_all();
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  struct Item {
    std::shared_ptr<const Target> target;
    Shipment shipment;
    Done done;
  };

  void loop() {
    name_thread("deliver-folder");
    while (true) {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      Item item = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      const auto started = clock_.monotonic();
      const auto& folder = std::get<FolderTarget>(item.target->where);
      Receipt receipt;
      if (auto wrote = write_whole(files_, folder, item.shipment); wrote) {
        receipt.detail = file_name_of(folder.file_name, folder.extension, item.shipment);
      } else {
        receipt.what = StatusClass::unavailable;
        receipt.code = "DELIVER-0008";
        receipt.detail = one_line(wrote.error().message);
      }
      receipt.took = clock_.monotonic() - started;
      item.done(std::move(receipt));
    }
  }

  SystemFiles files_;
  SystemClock clock_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Item> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

std::unique_ptr<Transport> make_folder_transport(unsigned threads) {
  return std::make_unique<FolderTransport>(threads);
}

}  // namespace purser::gateway
