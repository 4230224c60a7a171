from django.apps import AppConfig


class CompositionConfig(AppConfig):
    """Ties the parts together when all of them are ready."""

    name = "cms"
    label = "cms"
    verbose_name = "Samtal"

    def ready(self) -> None:
        from .signals import connect

        connect()
