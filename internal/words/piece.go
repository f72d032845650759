package words

import (
	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
)

// Piece is what a kind of resource in the cloud is called.
func Piece(kind hosting.Kind) refusal.Text {
	return lookup(map[hosting.Kind]refusal.Text{
		hosting.VPC:              {ZH: "专有网络", EN: "network"},
		hosting.VSwitch:          {ZH: "交换机", EN: "subnetwork"},
		hosting.SecurityGroup:    {ZH: "安全组", EN: "security group"},
		hosting.Server:           {ZH: "服务器", EN: "server"},
		hosting.Database:         {ZH: "数据库", EN: "database"},
		hosting.System:           {ZH: "系统", EN: "system"},
		hosting.Record:           {ZH: "域名解析", EN: "DNS record"},
		hosting.Backup:           {ZH: "数据库保留备份", EN: "kept database backup"},
		hosting.Disk:             {ZH: "云盘", EN: "disk"},
		hosting.Snapshot:         {ZH: "快照", EN: "snapshot"},
		hosting.Image:            {ZH: "镜像", EN: "image"},
		hosting.SnapshotPolicy:   {ZH: "快照策略", EN: "snapshot policy"},
		hosting.EIP:              {ZH: "公网地址", EN: "public address"},
		hosting.NetworkInterface: {ZH: "弹性网卡", EN: "network interface"},
		hosting.LoadBalancer:     {ZH: "负载均衡", EN: "load balancer"},
		hosting.OffsiteCopy:      {ZH: "异地备份", EN: "off-site copy"},
		hosting.HandedOver:       {ZH: "迁出数据包", EN: "export package"},
		hosting.BackupKey:        {ZH: "备份密钥", EN: "backup key"},
	}, kind, itself(kind))
}

// Found is how a destruction came upon a resource (§7.2).
func Found(by string) refusal.Text {
	return lookup(map[string]refusal.Text{
		hosting.ByTag:      {ZH: "合同标签", EN: "the contract's tag"},
		hosting.ByRecord:   {ZH: "本系统记录", EN: "our own record"},
		hosting.ByRelation: {ZH: "附属关系", EN: "what it belongs to"},
	}, by, refusal.Text{})
}
