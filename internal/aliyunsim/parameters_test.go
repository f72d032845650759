package aliyunsim

import "testing"

func TestParameters_WhatAGroupNeedsEachGroupHas(t *testing.T) {
	t.Parallel()
	c := newClient(t, Options{})
	server := c.server(c.network(), "")
	const of = "ResourceType=instance&ResourceId.1="
	c.want("", "ecs TagResources", of+server+"&Tag.1.Key=a&Tag.1.Value=b&Tag.2.Key=c&Tag.2.Value=d")
	for _, lacking := range []string{
		of + server,
		of + server + "&Tag.1.Key=a",
		of + server + "&Tag.1.Value=b",
		of + server + "&Tag.1.Key=a&Tag.1.Value=b&Tag.2.Key=c",
		of + server + "&Tag.2.Key=a&Tag.2.Value=b",
		"ResourceType=instance&Tag.1.Key=a&Tag.1.Value=b",
	} {
		c.want("MissingParameter", "ecs TagResources", lacking)
	}
	const price = "ProductCode=ecs&OrderType=NewOrder&SubscriptionType=PayAsYouGo"
	c.want("MissingParameter", "bssopenapi GetSubscriptionPrice", price+"&ModuleList.1.ModuleCode=InstanceType")
}
