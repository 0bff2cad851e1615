import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credentials', '0002_wallet_nonces'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TrustedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('source', models.CharField(help_text='The source under which it is imported.', max_length=300, unique=True)),
                ('operator', models.CharField(max_length=300)),
                ('name', models.CharField(blank=True, max_length=500)),
                ('territory', models.CharField(blank=True, max_length=10)),
                ('sequence_number', models.PositiveIntegerField()),
                ('issued_at', models.DateTimeField()),
                ('next_update_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['operator', 'id'],
            },
        ),
        migrations.AddField(
            model_name='achievement',
            name='follows_parts',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='issuerow',
            name='holder',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='knownissuer',
            name='service',
            field=models.CharField(blank=True, help_text='What a trust service is called.', max_length=300),
        ),
        migrations.AddField(
            model_name='knownissuer',
            name='service_status',
            field=models.CharField(blank=True, help_text='Its status, an address of ETSI.', max_length=300),
        ),
        migrations.AddField(
            model_name='knownissuer',
            name='service_type',
            field=models.CharField(blank=True, help_text='Its type, an address of ETSI.', max_length=300),
        ),
        migrations.AddField(
            model_name='knownissueridentifier',
            name='certificate',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='knownissueridentifier',
            name='key_id',
            field=models.CharField(blank=True, db_index=True, max_length=128),
        ),
        migrations.AddConstraint(
            model_name='achievement',
            constraint=models.CheckConstraint(condition=models.Q(('needs_two_persons', False), ('follows_parts', False), _connector='OR'), name='achievement_two_persons_or_parts'),
        ),
        migrations.AddField(
            model_name='knownissuer',
            name='trusted_list',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='credentials.trustedlist'),
        ),
    ]
