package certificate

import (
	"lvyue/internal/hosting"
	"lvyue/internal/refusal"
)

// method is the vendor's operation that destroys a kind.
func method(kind hosting.Kind) string {
	return map[hosting.Kind]string{
		hosting.VPC:              "DeleteVpc",
		hosting.VSwitch:          "DeleteVSwitch",
		hosting.SecurityGroup:    "DeleteSecurityGroup",
		hosting.Server:           "DeleteInstance Force=true",
		hosting.Database:         "ModifyBackupPolicy ReleasedKeepPolicy=None, DeleteDBInstance",
		hosting.Record:           "DeleteDomainRecord",
		hosting.Disk:             "DeleteInstance of its server, or DetachDisk, DeleteDisk",
		hosting.Snapshot:         "DeleteSnapshot Force=true",
		hosting.Image:            "DeleteImage Force=true",
		hosting.SnapshotPolicy:   "DeleteAutoSnapshotPolicy",
		hosting.EIP:              "UnassociateEipAddress, ReleaseEipAddress",
		hosting.NetworkInterface: "DeleteNetworkInterface",
		hosting.LoadBalancer:     "SetLoadBalancerDeleteProtection, DeleteLoadBalancer",
		hosting.OffsiteCopy:      "every object deleted",
		hosting.BackupKey:        "deleted after the copies: whatever of them is left anywhere cannot be read",
	}[kind]
}

// notCovered is what no certificate of ours can say, said plainly.
func notCovered(version int) []refusal.Text {
	elsewhere := refusal.Text{
		ZH: "上列地域以外的资源与备份，以及甲方自行导出的数据；云外备份的存储介质及其内部副本；" +
			"云盘数据库的跨地域备份：阿里云如有保留，也不予列出。",
		EN: "Resources and backups in other regions than those above, and what the customer has exported itself; the physical " +
			"media of the copies outside the cloud and their inner copies; cross-region copies of a database on cloud disks: if " +
			"Aliyun keeps any, it does not list them.",
	}
	if version == inTheCloud {
		elsewhere = refusal.Text{
			ZH: "上列地域以外的资源与备份、云外的副本，以及甲方自行导出的数据。",
			EN: "Resources and backups in other regions than those above, copies outside the cloud, and what the customer has exported itself.",
		}
	}
	return []refusal.Text{
		{
			ZH: "阿里云的物理介质及其内部副本：我们只能证明已发出的删除操作，以及此后查询的结果。",
			EN: "Aliyun's physical media and its inner copies: we certify what we had deleted, and what was found when we looked again.",
		},
		{
			ZH: "未带合同标签、不在本系统记录中、也不附属于上述资源的副本。",
			EN: "Copies without the contract's tag that are in no record of ours and belong to none of the resources above.",
		},
		elsewhere,
		{
			ZH: "依法保存的合同、账目和证据日志：其中没有业务数据。",
			EN: "The contract, the books and the evidence, which the law has us keep: none of the customer's business data is in them.",
		},
	}
}
