package sizing

import (
	"fmt"
	"strconv"

	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
)

// The rules of tuning (§3.10). They are our own estimates, to be corrected by load acceptance.
const (
	// workersPerCore: a worker waits for the database about half of its time, so two keep a core busy.
	workersPerCore = 2
	// connectionsPerWorker: one that reads while the other writes.
	connectionsPerWorker = 2
	// spareConnections are for backups, migrations and whoever looks after the system.
	spareConnections = 10
	// cachePart is the part of memory for the cache: the rest is the workers' and the operating system's.
	cachePart = 4
	// sessionsFor100 users: who has closed the window is still signed in for a while.
	sessionsFor100 = 120
	// uploadPart is the part of the disk that one upload may take, within leastUpload and mostUpload MB.
	uploadPart, leastUpload, mostUpload = 1000, 20, 200
)

// Tuning are the parameters to which the products are tuned for a shape and its concurrent users, each with its reason
// (§3.10). A server type that is not on offer here is tuned as the smallest one, which works on any.
func Tuning(shape hosting.Shape, users int) []Number {
	size := sizeOf(shape.ServerType)
	workers := size.cores() * workersPerCore
	memory := size.memoryGB() * 1024
	upload := within(leastUpload, shape.ServerDiskGB*1024/uploadPart, mostUpload)
	return []Number{
		number("workers", workers,
			"每核 %d 个工作进程 × %d 核：进程约有一半时间在等数据库", "%d workers to a core, %d cores: a worker waits for the database half of its time",
			workersPerCore, size.cores()),
		number("database_connections", workers*connectionsPerWorker+spareConnections,
			"每个工作进程 %d 个连接 × %d 个进程，另留 %d 个给备份、迁移和运维", "%d for each of %d workers, and %d for backups, migrations and maintenance",
			connectionsPerWorker, workers, spareConnections),
		number("cache_mb", memory/cachePart,
			"内存的 1/%d（共 %d MB），其余留给工作进程和操作系统", "one part in %d of %d MB of memory; the rest is for workers and the operating system",
			cachePart, memory),
		number("sessions", (users*sessionsFor100+99)/100,
			"%d 个并发用户的 %d%%：关闭窗口的用户仍会保持登录一段时间", "for %d concurrent users, %d%% of them: who closes the window stays signed in for a while",
			users, sessionsFor100),
		number("upload_mb", upload,
			"数据盘 %d GB 的 1/%d，不少于 %d、不多于 %d MB", "of a data disk of %d GB one part in %d, no less than %d and no more than %d MB",
			shape.ServerDiskGB, uploadPart, leastUpload, mostUpload),
	}
}

// Settings are the tuning as a plan carries it.
func Settings(shape hosting.Shape, users int) []hosting.Setting {
	var settings []hosting.Setting
	for _, n := range Tuning(shape, users) {
		settings = append(settings, hosting.Setting{Name: n.Name, Value: n.Value, Why: n.Why.EN})
	}
	return settings
}

// number words a reason with its figures, the same ones in both languages.
func number(name string, value int, zh, en string, figures ...any) Number {
	return Number{name, strconv.Itoa(value), refusal.Text{ZH: fmt.Sprintf(zh, figures...), EN: fmt.Sprintf(en, figures...)}}
}
