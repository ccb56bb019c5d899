package grpcgo

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/status"

	"example.com/shop/apierr"
)

// A shop is a service of which each call fails.
type shop struct {
	grpc_health_v1.UnimplementedHealthServer
	failure error
}

func (s *shop) Check(context.Context, *grpc_health_v1.HealthCheckRequest) (*grpc_health_v1.HealthCheckResponse, error) {
	return &grpc_health_v1.HealthCheckResponse{}, s.failure
}

// The client reads the details of the error over the network.
func TestSendErrors(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	service, server := new(shop), grpc.NewServer(grpc.UnaryInterceptor(sendErrors))
	grpc_health_v1.RegisterHealthServer(server, service)
	go server.Serve(listener)
	defer server.Stop()
	conn, err := grpc.NewClient(listener.Addr().String(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, test := range []struct {
		failure  error
		code     codes.Code
		message  string
		reason   string
		metadata map[string]string
		delay    time.Duration
		subtype  apierr.Subtype
	}{
		{nil, codes.OK, "", "", nil, 0, ""},
		{apierr.NewTooLargeSize(7).WithParam("file"), codes.InvalidArgument, "file size exceeds 7 MB", "too_large", map[string]string{"limit_mb": "7", "subtype": "size", "param": "file"}, 0, apierr.SubtypeTooLargeSize},
		{apierr.NewBusy(), codes.Unavailable, "the shop is busy", "busy", nil, 10 * time.Second, ""},
		{apierr.NewBusy().WithParam("\xff\x00").WithRequestID("\xc3"), codes.Unavailable, "the shop is busy", "busy", map[string]string{"param": "\ufffd\x00", "request_id": "\ufffd"}, 10 * time.Second, ""},
		{apierr.NewStorageFailed(), codes.Internal, "the shop failed", "service_error", nil, 0, ""},
		{errors.New("secret"), codes.Internal, "the shop failed", "service_error", nil, 0, ""},
	} {
		service.failure = test.failure
		_, err := grpc_health_v1.NewHealthClient(conn).Check(t.Context(), &grpc_health_v1.HealthCheckRequest{})
		s := status.Convert(err)
		if s.Code() != test.code || s.Message() != test.message {
			t.Errorf("%v: got %v", test.failure, err)
		}
		var info *errdetails.ErrorInfo
		var delay time.Duration
		for _, detail := range s.Details() {
			switch detail := detail.(type) {
			case *errdetails.ErrorInfo:
				info = detail
			case *errdetails.RetryInfo:
				delay = detail.GetRetryDelay().AsDuration()
			}
		}
		if err == nil {
			continue
		}
		if info.GetReason() != test.reason || info.GetDomain() != "shop.example.com" || len(info.GetMetadata()) != len(test.metadata) || delay != test.delay {
			t.Errorf("%v: got %v, %v", test.failure, info, delay)
		}
		for key, want := range test.metadata {
			if got := info.GetMetadata()[key]; got != want {
				t.Errorf("%s is %q, want %q", key, got, want)
			}
		}
		code, ok := apierr.ParseCode(info.GetReason())
		if d := apierr.Classify(code, s.Message()); !ok || d.Subtype != test.subtype || d.Automatic != (code == apierr.CodeBusy) {
			t.Errorf("%v: %v, %+v", test.failure, ok, d)
		}
	}
}
