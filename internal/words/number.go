package words

import "lvyue/internal/refusal"

// Number is what a number of a deployment is called: a figure of its size, or a parameter to which it is tuned.
func Number(name string) refusal.Text {
	return lookup(map[string]refusal.Text{
		"server_type":          {ZH: "服务器规格", EN: "server type"},
		"server_disk_gb":       {ZH: "数据盘（GB）", EN: "data disk, GB"},
		"database_class":       {ZH: "数据库规格", EN: "database class"},
		"database_gb":          {ZH: "数据库存储（GB）", EN: "database storage, GB"},
		"workers":              {ZH: "工作进程数", EN: "workers"},
		"database_connections": {ZH: "数据库连接数", EN: "database connections"},
		"cache_mb":             {ZH: "缓存（MB）", EN: "cache, MB"},
		"sessions":             {ZH: "会话数", EN: "sessions"},
		"upload_mb":            {ZH: "单次上传上限（MB）", EN: "largest upload, MB"},
	}, name, itself(name))
}
