{{/* Labels by which a service's pods are selected; they never change. Takes dict "root" "service". */}}
{{- define "engine.selector" -}}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{/* All labels of a service's objects. */}}
{{- define "engine.labels" -}}
{{ include "engine.selector" . }}
app.kubernetes.io/part-of: automation-engine
{{- with .root.Values.region }}
automation-engine.dev/region: {{ . }}
{{- end }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* Name of a service's objects: RELEASE-SERVICE. */}}
{{- define "engine.name" -}}
{{ printf "%s-%s" .root.Release.Name .service | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* Name of the ConfigMap that all services share. */}}
{{- define "engine.config" -}}
{{ printf "%s-config" .Release.Name | trunc 63 | trimSuffix "-" }}
{{- end }}
