{{/* What all pods have in common; it meets the Pod Security Standard `restricted`. */}}
{{- define "atrium.pod" -}}
automountServiceAccountToken: false
# Kubernetes' own variables for Services would be named like our settings.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "atrium.confined" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end }}

{{/* Files that a service is given. Takes (list $ service). */}}
{{- define "atrium.volumes" -}}
{{- $root := index . 0 -}}
- name: tmp
  emptyDir: {}
- name: viewer-keys
  secret: {secretName: {{ $root.Values.viewerKeys.publicSecret }}, defaultMode: 0440}
{{- with $root.Values.kafka.tls.existingSecret }}
- name: kafka-tls
  secret: {secretName: {{ . }}, defaultMode: 0440}
{{- end }}
{{- if $root.Values.kafka.sasl.user }}
- name: kafka-sasl
  secret: {secretName: {{ $root.Values.kafka.sasl.existingSecret }}, defaultMode: 0440}
{{- end }}
{{- if eq (index . 1) "gateway" }}
- name: signing-key
  secret: {secretName: {{ $root.Values.viewerKeys.signingSecret }}, defaultMode: 0440}
{{- end }}
{{- end }}

{{- define "atrium.mounts" -}}
- {name: tmp, mountPath: /tmp}
- {name: viewer-keys, mountPath: /etc/atrium/viewer-keys, readOnly: true}
{{- with (index . 0).Values.kafka }}
{{- if .tls.existingSecret }}
- {name: kafka-tls, mountPath: /etc/atrium/kafka-tls, readOnly: true}
{{- end }}
{{- if .sasl.user }}
- {name: kafka-sasl, mountPath: /etc/atrium/kafka-sasl, readOnly: true}
{{- end }}
{{- end }}
{{- if eq (index . 1) "gateway" }}
- {name: signing-key, mountPath: /etc/atrium/signing-key, readOnly: true}
{{- end }}
{{- end }}

{{/* A variable out of an existing Secret. Takes (list variable secret key). */}}
{{- define "atrium.secret" -}}
- name: {{ index . 0 }}
  valueFrom: {secretKeyRef: {name: {{ index . 1 }}, key: {{ index . 2 }}}}
{{- end }}

{{/* The settings of a service (its settings.py), but for the owner's DSN. Takes (list $ service process). */}}
{{- define "atrium.env" -}}
{{- $root := index . 0 }}{{- $service := index . 1 }}{{- $values := $root.Values }}{{- $own := index $values.services $service -}}
- {name: ATRIUM_HOST, value: 0.0.0.0}
- {name: ATRIUM_PORT, value: "8000"}
{{ include "atrium.secret" (list "ATRIUM_DATABASE_URL" $own.database.existingSecret "url") }}
- name: ATRIUM_DATABASE_DIRECT_URL
  valueFrom: {secretKeyRef: {name: {{ $own.database.existingSecret }}, key: direct-url, optional: true}}
{{ include "atrium.kafkaEnv" $values.kafka }}
- {name: ATRIUM_VIEWER_KEYS_DIR, value: /etc/atrium/viewer-keys}
- {name: ATRIUM_LOG_LEVEL, value: {{ $values.logLevel }}}
- {name: ATRIUM_OTLP_ENDPOINT, value: {{ $values.telemetry.otlpEndpoint | quote }}}
- {name: ATRIUM_TRACE_SAMPLING, value: {{ $values.telemetry.traceSampling | quote }}}
{{- if eq $service "gateway" }}
{{ include "atrium.gatewayEnv" $root }}
{{- else if eq $service "files" }}
{{ include "atrium.filesEnv" $root }}
{{- end }}
{{- range $name, $value := $own.env }}
- {name: {{ $name }}, value: {{ $value | quote }}}
{{- end }}
{{- end }}

{{- define "atrium.kafkaEnv" -}}
- {name: ATRIUM_KAFKA_BOOTSTRAP, value: {{ .bootstrap | quote }}}
- {name: ATRIUM_KAFKA_PARTITIONS, value: {{ .partitions | quote }}}
- {name: ATRIUM_KAFKA_REPLICATION, value: {{ .replication | quote }}}
- {name: ATRIUM_KAFKA_RETENTION_DAYS, value: {{ .retentionDays | quote }}}
- {name: ATRIUM_KAFKA_SECURITY_PROTOCOL, value: {{ printf "%s%s" (.sasl.user | empty | ternary "" "SASL_") (.tls.enabled | ternary "SSL" "PLAINTEXT") }}}
{{- if .tls.existingSecret }}
- {name: ATRIUM_KAFKA_CA_FILE, value: /etc/atrium/kafka-tls/ca.crt}
{{- end }}
{{- if .tls.clientCertificate }}
- {name: ATRIUM_KAFKA_CERTIFICATE_FILE, value: /etc/atrium/kafka-tls/tls.crt}
- {name: ATRIUM_KAFKA_KEY_FILE, value: /etc/atrium/kafka-tls/tls.key}
{{- end }}
{{- if .sasl.user }}
- {name: ATRIUM_KAFKA_SASL_MECHANISM, value: {{ .sasl.mechanism }}}
- {name: ATRIUM_KAFKA_USER, value: {{ .sasl.user | quote }}}
- {name: ATRIUM_KAFKA_PASSWORD_FILE, value: /etc/atrium/kafka-sasl/password}
{{- end }}
{{- end }}

{{- define "atrium.gatewayEnv" -}}
- {name: ATRIUM_PUBLIC_URL, value: {{ .Values.publicUrl | quote }}}
- {name: ATRIUM_VIEWER_SIGNING_KEY, value: /etc/atrium/signing-key/signing-key.pem}
{{- range $service := without (keys .Values.services | sortAlpha) "gateway" }}
- {name: ATRIUM_{{ upper $service }}_URL, value: "http://{{ include "atrium.name" $ }}-{{ $service }}"}
{{- end }}
- {name: ATRIUM_CONTENT_ORIGIN, value: {{ .Values.objectStore.publicUrl | default .Values.objectStore.url | trimSuffix "/" | quote }}}
- {name: ATRIUM_TRUSTED_PROXIES, value: {{ .Values.trustedProxies | quote }}}
- {name: ATRIUM_SMTP_HOST, value: {{ .Values.mail.host | quote }}}
- {name: ATRIUM_SMTP_PORT, value: {{ .Values.mail.port | quote }}}
- {name: ATRIUM_SMTP_START_TLS, value: {{ .Values.mail.startTls | quote }}}
- {name: ATRIUM_MAIL_FROM, value: {{ .Values.mail.from | quote }}}
{{- if .Values.mail.user }}
- {name: ATRIUM_SMTP_USER, value: {{ .Values.mail.user | quote }}}
{{ include "atrium.secret" (list "ATRIUM_SMTP_PASSWORD" .Values.mail.existingSecret "password") }}
{{- end }}
{{- with .Values.historyImport.existingSecret }}
{{ include "atrium.secret" (list "ATRIUM_IMPORT_KEY" . "key") }}
{{- end }}
{{- end }}

{{- define "atrium.filesEnv" -}}
{{- with .Values.objectStore -}}
- {name: ATRIUM_S3_URL, value: {{ .url | quote }}}
- {name: ATRIUM_S3_PUBLIC_URL, value: {{ .publicUrl | quote }}}
- {name: ATRIUM_S3_REGION, value: {{ .region | quote }}}
- {name: ATRIUM_S3_BUCKET, value: {{ .bucket | quote }}}
{{ include "atrium.secret" (list "ATRIUM_S3_ACCESS_KEY" .existingSecret "access-key") }}
{{ include "atrium.secret" (list "ATRIUM_S3_SECRET_KEY" .existingSecret "secret-key") }}
{{ include "atrium.secret" (list "ATRIUM_S3_UPLOAD_ACCESS_KEY" .existingSecret "upload-access-key") }}
{{ include "atrium.secret" (list "ATRIUM_S3_UPLOAD_SECRET_KEY" .existingSecret "upload-secret-key") }}
{{- end }}
{{- end }}
