{{/* Names and labels. */}}
{{- define "atrium.name" -}}
{{- $name := contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) -}}
{{- $name | trunc 36 | trimSuffix "-" -}}
{{- end }}

{{- define "atrium.host" -}}
{{- (urlParse .Values.publicUrl).host | splitList ":" | first -}}
{{- end }}

{{/* What every pod of this release carries, and nobody else's. */}}
{{- define "atrium.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "atrium.labels" -}}
{{ include "atrium.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* The image of a service. Takes (list $ service). */}}
{{- define "atrium.image" -}}
{{- $root := index . 0 }}{{- $service := index . 1 -}}
{{- printf "%s:%s" ($root.Values.image.repository | replace "{service}" $service) ($root.Values.image.tag | default $root.Chart.AppVersion) -}}
{{- end }}

{{/* One process of a service: the defaults of api or worker with what the service says differently. Takes (list $ service process). */}}
{{- define "atrium.process" -}}
{{- $root := index . 0 }}{{- $own := index $root.Values.services (index . 1) (index . 2) -}}
{{- mergeOverwrite (deepCopy (index $root.Values (index . 2))) (deepCopy $own) | toYaml -}}
{{- end }}
