#include "konseki/store/store.h"

#include <mutex>
#include <semaphore>
#include <system_error>

#include <fmt/format.h>

#include "migrate.h"
#include "postgresql/connection.h"
#include "sqlite/connection.h"
#include "unit.h"

namespace konseki::store {
namespace {

/// Connections for reading that wait for work. More may be at work at one time; what is more is closed again.
constexpr std::size_t max_idle_readers = 8;
constexpr const char* file_name = "desk.sqlite";

/// Where connections come from.
class Source {
  public:
    virtual ~Source() = default;
    virtual Result<std::unique_ptr<Connection>> open_connection(Access access) const = 0;
    virtual Result<void> back_up(const std::filesystem::path& folder) const = 0;
    /// Before the tables are changed.
    virtual Result<void> keep_copy(std::int64_t version) const = 0;
};

Result<void> make_folder(const std::filesystem::path& folder) {
    std::error_code error;
    const bool is_new = std::filesystem::create_directories(folder, error);
    if (!error && is_new)
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    if (error) return fail(Error::io(fmt::format("make {}", folder.string()), error.value()));
    return {};
}

class SqliteSource final : public Source {
  public:
    explicit SqliteSource(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Result<std::unique_ptr<Connection>> open_connection(Access access) const override {
        return open_sqlite(folder_ / file_name, access);
    }
    Result<void> back_up(const std::filesystem::path& folder) const override {
        TRY_VOID(make_folder(folder));
        return copy_sqlite(folder_ / file_name, folder / file_name);
    }
    Result<void> keep_copy(std::int64_t version) const override {
        return copy_sqlite(folder_ / file_name,
                           folder_ / fmt::format("{}.before-version-{}", file_name, version + 1));
    }

  private:
    std::filesystem::path folder_;
};

class PostgresqlSource final : public Source {
  public:
    explicit PostgresqlSource(std::string url) : url_(std::move(url)) {}

    Result<std::unique_ptr<Connection>> open_connection(Access) const override {
        return open_postgresql(url_);
    }
    Result<void> back_up(const std::filesystem::path& folder) const override {
        // The URL may hold a password: it is not repeated.
        return fail(Error::unsupported(fmt::format(
            "a PostgreSQL database is backed up by its own program: pg_dump --format=custom "
            "--file={} and the database's URL",
            (folder / "desk.dump").string())));
    }
    Result<void> keep_copy(std::int64_t) const override {
        // Each step is one transaction, tables and all: what fails leaves everything as it was.
        return {};
    }

  private:
    std::string url_;
};

class PooledStore final : public Store {
  public:
    explicit PooledStore(std::unique_ptr<Source> source) : source_(std::move(source)) {}

    Result<void> prepare(Time now) {
        writer_ = TRY(source_->open_connection(Access::write));
        const std::span<const Migration> known = migrations_of(writer_->dialect().name);
        TRY_VOID(migrate(*writer_, known, now,
                         [this](std::int64_t version) { return source_->keep_copy(version); }));
        const std::unique_ptr<Unit> unit = TRY(begin_write());
        TRY_VOID(unit->refresh_index());
        return unit->commit();
    }

    Result<std::unique_ptr<Reader>> read() override {
        std::unique_ptr<Unit> unit = TRY(begin_read());
        return std::unique_ptr<Reader>(std::move(unit));
    }

    Result<std::unique_ptr<Writer>> write() override {
        std::unique_ptr<Unit> unit = TRY(begin_write());
        return std::unique_ptr<Writer>(std::move(unit));
    }

    Result<void> back_up(const std::filesystem::path& folder) override {
        return source_->back_up(folder);
    }

    Result<std::vector<std::string>> check() override {
        std::unique_ptr<Connection> connection = TRY(reader());
        std::vector<std::string> out = TRY(connection->damage());
        take_reader(std::move(connection));
        const std::unique_ptr<Unit> unit = TRY(begin_read());
        const Result<std::vector<std::string>> more = unit->faults();
        if (more)
            out.insert(out.end(), more->begin(), more->end());
        else
            out.push_back(more.error().message);
        return out;
    }

  private:
    Result<std::unique_ptr<Unit>> begin_read() {
        std::unique_ptr<Connection> connection = TRY(reader());
        const auto give = [this](std::unique_ptr<Connection> back) {
            take_reader(std::move(back));
        };
        return Unit::begin(Lease(connection.release(), GiveBack{give}), Begin::read);
    }

    Result<std::unique_ptr<Connection>> reader() {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                std::unique_ptr<Connection> out = std::move(idle_.back());
                idle_.pop_back();
                return out;
            }
        }
        return source_->open_connection(Access::read);
    }

    void take_reader(std::unique_ptr<Connection> connection) {
        if (!connection->is_usable()) return;
        const std::lock_guard lock(mutex_);
        if (idle_.size() < max_idle_readers) idle_.push_back(std::move(connection));
    }

    Result<std::unique_ptr<Unit>> begin_write() {
        turn_.acquire();
        if (!writer_) {
            Result<std::unique_ptr<Connection>> made = source_->open_connection(Access::write);
            if (!made) {
                turn_.release();
                return fail(made.error());
            }
            writer_ = std::move(*made);
        }
        const auto give = [this](std::unique_ptr<Connection> back) {
            if (back->is_usable()) writer_ = std::move(back);
            turn_.release();
        };
        return Unit::begin(Lease(writer_.release(), GiveBack{give}), Begin::write);
    }

    std::unique_ptr<Source> source_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;
    /// One writer at a time. It may end on another thread than it began on, which a mutex forbids.
    std::binary_semaphore turn_{1};
    std::unique_ptr<Connection> writer_;
};

Result<std::unique_ptr<Source>> source_of(const Location& location) {
    if (!location.postgresql.empty())
        return std::make_unique<PostgresqlSource>(location.postgresql);
    TRY_VOID(make_folder(location.folder));
    return std::make_unique<SqliteSource>(location.folder);
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const Location& location, Time now) {
    auto store = std::make_unique<PooledStore>(TRY(source_of(location)));
    TRY_VOID(store->prepare(now));
    return store;
}

}  // namespace konseki::store
