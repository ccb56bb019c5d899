// Package server tests the recipes in docs/server.md. It is a separate module, so that the
// servers that they are for are not dependencies of the other tests.
package server

// The recipes import these packages.
import (
	_ "connectrpc.com/connect"
	_ "github.com/gin-gonic/gin"
	_ "github.com/go-chi/chi/v5"
	_ "google.golang.org/genproto/googleapis/rpc/errdetails"
	_ "google.golang.org/grpc"
	_ "google.golang.org/protobuf/types/known/durationpb"
)
